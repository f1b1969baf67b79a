// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/claims.h"
#include "app/access/tokenstore.h"
#include "app/base/clock.h"
#include "app/base/paths.h"
#include "app/gallery/gallery.h"
#include "app/protocol/capabilities.h"
#include "app/session/accountlist.h"
#include "app/transfer/downloads.h"
#include "app/transfer/outbox.h"
#include "app/transfer/stagingmodel.h"
#include "app/transfer/transfermodel.h"
#include "app/watching/watcher.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace vitrine::session {

class Connector;
class LineCost;
struct WayIn;

/// Builds and connects everything for one account; holds no logic of its own. Main thread.
class Session final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Starting, ///< the backend starts, the keyring is read; the gallery shows what was here
        Online,
        Offline,   ///< the server cannot be reached; error() says why. Tried again by itself.
        SignedOut, ///< the server wants a sign-in, or the keyring keeps it; error() says which
        Failed     ///< this machine is in the way (disk, permissions); error() says why
    };

    /// \a pictures, through which every picture is looked at, and \a clock must outlive the
    /// session.
    Session(const Paths& paths, const Account& account, std::shared_ptr<access::TokenStore> tokens,
            const imaging::PictureReader& pictures, const Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    /// What becomes of the acts that wait in the outbox.
    enum class Outgoing {
        Sent,    ///< this process takes up what earlier ones left, and sends
        Shown,   ///< it only looks at them: it will be gone before they are through
        Resident ///< it stays: Sent, and goes on with what is left of downloads, and watches
                 ///< folders
    };

    /// Loads what is on the disk, finds or starts the server, signs in, refreshes. State changes
    /// tell how it goes.
    void start(Outgoing outgoing = Outgoing::Sent);
    /// After Offline, SignedOut or Failed: once more from where it stands.
    void reconnect();
    /// The sign-in that is kept was exchanged, or is gone: starts over with what is there now.
    void signInAgain();
    /// Reads the listing again; the state follows how that ends.
    QFuture<Result<void>> refresh();

    /// While paused nothing new is sent; what is on its way arrives, and what is done waits. For
    /// this run only.
    void setPaused(bool paused);
    bool isPaused() const { return m_isPaused; }
    /// Paused by heed() and not by a person.
    bool isPausedByCost() const { return m_isPausedByCost; }
    /// Pauses where the line begins to cost, and goes on where it no longer does; who goes on
    /// earlier has decided to pay. Where the network wants a sign-in of its own, error() says so.
    /// \a cost must outlive the session.
    void heed(const LineCost& cost);

    const Account& account() const { return m_account; }
    /// Nobody is signed in: the gallery can be looked at, and nothing in it be changed.
    bool isGuest() const { return m_isGuest; }
    /// Who is signed in, by what the sign-in tells of itself; nobody while it is not known.
    const access::Identity& identity() const { return m_identity; }
    State state() const { return m_state; }
    /// Why the state is Offline, SignedOut or Failed.
    const Error& error() const { return m_error; }
    /// False where there is no keyring: the sign-in lasts for this run only.
    bool keepsSignIn() const { return m_keepsSignIn; }
    const protocol::Capabilities& capabilities() const { return m_capabilities; }
    /// Whether the server has that; believed until it was asked.
    bool can(protocol::Capabilities::Feature feature) const
    {
        return !m_isGreeted || m_capabilities.has(feature);
    }
    /// What a file is held against before it is sent.
    transfer::ServerRules rules() const;
    /// What this account has shared, to be looked up by content.
    QFuture<Result<transfer::KnownImages>> knownImages();
    QUrl server() const { return m_client->server(); }
    /// Bytes a second that go up and come down at most; 0: as fast as it goes.
    void setBandwidth(qint64 up, qint64 down) { m_client->setBandwidth(up, down); }

    gallery::Gallery& gallery() { return m_gallery; }
    transfer::Outbox& outbox() { return m_outbox; }
    transfer::Downloads& downloads() { return m_downloads; }
    transfer::StagingModel& staging() { return m_staging; }
    transfer::TransferModel& transfers() { return m_transfers; }
    watching::Watcher& watcher() { return m_watcher; }

Q_SIGNALS:
    void stateChanged();
    void pausedChanged(bool paused);

private:
    enum class Token { Kept, Fresh };

    void connectParts();
    void showShared(const protocol::Image& image, const QImage& preview);
    void hideWhatIsBeingDeleted(const QString& transferKey);
    void askForDownloads(const Error& error);
    void watchConnection(const QString& transferKey);
    void signInForActs(const Error& refusal);
    void signIn(Token token, const std::optional<Error>& refusal = {});
    void supersede();
    void enter(const WayIn& wayIn);
    void renewInTime();
    void renew();
    void expire();
    std::chrono::milliseconds timeLeft() const;
    void greet();
    void prove(const api::Greeting& greeting);
    void takeOver(const protocol::Capabilities& capabilities);
    void follow(const Result<void>& refreshed);
    void stop(const Error& error);
    bool isHeldUpByNetwork(const Error& error) const;
    void setState(State state, Error error = {});
    void goOnline();
    void letOutboxRun();
    void followCost(const LineCost& cost);
    void pause(bool paused, bool byCost);

    const Account m_account;
    const Clock& m_clock;
    std::shared_ptr<access::TokenStore> m_tokens;
    const std::unique_ptr<Connector> m_connector;
    const LineCost* m_line = nullptr; ///< heeded
    QNetworkAccessManager m_network;
    std::unique_ptr<api::ApiClient> m_client;
    gallery::Gallery m_gallery;
    transfer::Outbox m_outbox;
    transfer::Downloads m_downloads;
    transfer::StagingModel m_staging;
    transfer::TransferModel m_transfers;
    watching::Watcher m_watcher;
    protocol::Capabilities m_capabilities = protocol::Capabilities::defaults();
    QTimer m_reconnect;
    QTimer m_renewal;
    State m_state = State::Starting;
    Error m_error;
    access::Identity m_identity;
    bool m_keepsSignIn = true;
    bool m_isGuest = false;
    bool m_isPaused = false;
    bool m_isPausedByCost = false;
    bool m_isGreeted = false;
    bool m_triedFreshToken = false;
    bool m_hasEntered = false; // and was proven, or will be by the listing
    bool m_isBack = false;     // the server, as far as downloads that broke off know
    bool m_isSigningIn = false;
    bool m_isActRefused = false; // with this sign-in, and none was taken since
    int m_entry = 0;             // another one for each sign-in that is entered with, or asked for
};

} // namespace vitrine::session
