// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/cloudflared.h"
#include "app/access/tokenstore.h"
#include "app/api/oauth/managedoauth.h"
#include "app/session/accountlist.h"
#include "app/session/connector.h"
#include "app/session/renewalturn.h"

#include <optional>

namespace vitrine::session {

/// An account on a server elsewhere: the sign-in comes from the keyring; without one, and without a
/// keyring, the person is a guest.
class RemoteAccount final : public Connector
{
    Q_OBJECT

public:
    /// \a tokens must outlive it. \a turnFile is what the account's processes take turns by.
    RemoteAccount(Account account, access::TokenStore& tokens, const QString& turnFile,
                  QString cloudflared = access::Cloudflared::find(), QObject* parent = nullptr);

    /// A renewed sign-in that the keyring did not take goes before the older one that is there.
    /// Errors: KeyringLocked, KeyringRefused: what is there cannot be had now, which must
    /// not be taken for a guest.
    QFuture<Result<WayIn>> open() override;
    /// With the next token of a person who is signed in: what another process has renewed
    /// meanwhile, else from who gave the last one or from cloudflared; it is kept, too.
    /// SignInRequired where there is none, TimedOut where another process is at it for too long,
    /// Network and the like.
    QFuture<Result<WayIn>> openAfresh() override;

private:
    QFuture<Result<WayIn>> openWith(const access::Credential& kept);
    Result<WayIn> openWithout(const Error& trouble);
    void note(const access::Credential& kept);
    QFuture<Result<WayIn>> takeOrRenew();
    QFuture<Result<WayIn>> renew(const access::Credential& kept);
    QFuture<Result<access::Credential>> nextOf(const access::Credential& kept);
    QFuture<Result<access::Credential>> nextByOAuth(const access::OAuthToken& kept);
    QFuture<Result<access::Credential>> nextByCloudflared(const access::PersonToken& kept);
    QFuture<Result<WayIn>> keep(const access::Credential& token,
                                const std::optional<access::Credential>& before);
    QFuture<Result<WayIn>> write(const access::Credential& token);
    WayIn wayInWith(const access::Credential& credential, bool isKept);

    const Account m_account;
    access::TokenStore& m_tokens;
    api::ManagedOAuth m_oauth;
    access::Cloudflared m_cloudflared;
    RenewalTurn m_turn;
    QFuture<Result<WayIn>> m_renewal;
    std::optional<access::Credential> m_given; ///< the last one; newer than the keyring's, maybe
    std::optional<access::Credential> m_known; ///< what was in the keyring when it was last used
};

} // namespace vitrine::session
