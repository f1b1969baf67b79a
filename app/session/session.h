// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <memory>

namespace vitrine::session {

class Connector;

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
    Session(const Paths& paths, const Account& account, std::unique_ptr<access::TokenStore> tokens,
            const imaging::PictureReader& pictures, const Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    /// What becomes of the acts that wait in the outbox.
    enum class Outgoing {
        Sent,  ///< this process takes up what earlier ones left, and sends
        Shown, ///< it only looks at them: it will be gone before they are through
    };

    /// Loads what is on the disk, finds or starts the server, signs in, refreshes. State changes
    /// tell how it goes.
    void start(Outgoing outgoing = Outgoing::Sent);
    /// After Offline, SignedOut or Failed: once more from where it stands.
    void reconnect();
    /// Reads the listing again; the state follows how that ends.
    QFuture<Result<void>> refresh();

    const Account& account() const { return m_account; }
    /// Nobody is signed in: the gallery can be looked at, and nothing in it be changed.
    bool isGuest() const { return m_isGuest; }
    State state() const { return m_state; }
    /// Why the state is Offline, SignedOut or Failed.
    const Error& error() const { return m_error; }
    /// False where there is no keyring: the sign-in lasts for this run only.
    bool keepsSignIn() const { return m_keepsSignIn; }
    const protocol::Capabilities& capabilities() const { return m_capabilities; }
    /// What a file is held against before it is sent.
    transfer::ServerRules rules() const;
    /// What this account has shared, to be looked up by content.
    QFuture<Result<transfer::KnownImages>> knownImages();
    QUrl server() const { return m_client->server(); }

    gallery::Gallery& gallery() { return m_gallery; }
    transfer::Outbox& outbox() { return m_outbox; }
    transfer::Downloads& downloads() { return m_downloads; }
    transfer::StagingModel& staging() { return m_staging; }
    transfer::TransferModel& transfers() { return m_transfers; }

Q_SIGNALS:
    void stateChanged();

private:
    enum class Token { Kept, Fresh };

    void connectParts();
    void hideWhatIsBeingDeleted(const QString& transferKey);
    void watchConnection(const QString& transferKey);
    void signIn(Token token);
    void greet();
    void takeOver(const protocol::Capabilities& capabilities);
    void follow(const Result<void>& refreshed);
    void stop(const Error& error);
    void setState(State state, Error error = {});

    const Account m_account;
    std::unique_ptr<access::TokenStore> m_tokens;
    const std::unique_ptr<Connector> m_connector;
    QNetworkAccessManager m_network;
    std::unique_ptr<api::ApiClient> m_client;
    gallery::Gallery m_gallery;
    transfer::Outbox m_outbox;
    transfer::Downloads m_downloads;
    transfer::StagingModel m_staging;
    transfer::TransferModel m_transfers;
    protocol::Capabilities m_capabilities = protocol::Capabilities::defaults();
    QTimer m_reconnect;
    State m_state = State::Starting;
    Error m_error;
    bool m_keepsSignIn = true;
    bool m_isGuest = false;
    bool m_triedFreshToken = false;
    bool m_isSigningIn = false;
};

} // namespace vitrine::session
