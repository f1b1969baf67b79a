// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "app/base/clock.h"
#include "app/base/paths.h"
#include "app/gallery/gallery.h"
#include "app/protocol/capabilities.h"
#include "app/transfer/downloads.h"
#include "app/transfer/outbox.h"
#include "app/transfer/stagingmodel.h"
#include "app/transfer/transfermodel.h"

#include <QObject>

#include <memory>

namespace vitrine::session {

/// The account that needs no server: the embedded backend on this computer.
inline constexpr char kLocalAccount[] = "local";

/// Builds and connects everything for one account; holds no logic of its own. Main thread.
class Session final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Starting, ///< the backend starts, the keyring is read; the gallery shows what was here
        Online,
        Offline,   ///< the server cannot be reached; error() says why
        SignedOut, ///< the server wants a sign-in
        Failed     ///< this machine is in the way (disk, permissions); error() says why
    };

    /// \a clock must outlive the session.
    Session(const QString& account, const Paths& paths, std::unique_ptr<access::TokenStore> tokens,
            const Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    /// Loads what is on the disk, finds or starts the server, signs in, refreshes. State changes
    /// tell how it goes.
    void start();
    /// After Offline, SignedOut or Failed: once more from where it stands.
    void reconnect();

    QString account() const { return m_account; }
    State state() const { return m_state; }
    /// Why the state is Offline, SignedOut or Failed.
    const Error& error() const { return m_error; }
    /// False where there is no keyring: the sign-in lasts for this run only.
    bool keepsSignIn() const { return m_keepsSignIn; }
    const protocol::Capabilities& capabilities() const { return m_capabilities; }
    QUrl server() const;

    gallery::Gallery& gallery();
    transfer::Outbox& outbox();
    transfer::Downloads& downloads();
    transfer::StagingModel& staging();
    transfer::TransferModel& transfers();

Q_SIGNALS:
    void stateChanged();

private:
    class Parts;

    void connectParts();
    void setState(State state, Error error = {});
    void findServer();
    void signIn(const QUrl& url);
    void greet();

    const QString m_account;
    const Paths m_paths;
    const std::unique_ptr<access::TokenStore> m_tokens;
    State m_state = State::Starting;
    Error m_error;
    bool m_keepsSignIn = true;
    protocol::Capabilities m_capabilities = protocol::Capabilities::defaults();
    const std::unique_ptr<Parts> m_parts;
};

} // namespace vitrine::session
