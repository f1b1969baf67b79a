// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "app/session/accountlist.h"
#include "app/session/connector.h"

namespace vitrine::session {

/// An account on a server elsewhere: the sign-in comes from the keyring; without one, and without a
/// keyring, the person is a guest.
class RemoteAccount final : public Connector
{
    Q_OBJECT

public:
    /// \a tokens must outlive it.
    RemoteAccount(Account account, access::TokenStore& tokens, QObject* parent = nullptr);

    /// Errors: KeyringLocked, KeyringRefused: what is there cannot be had now, which must
    /// not be taken for a guest.
    QFuture<Result<WayIn>> open() override;
    QFuture<Result<WayIn>> openAfresh() override;

private:
    const Account m_account;
    access::TokenStore& m_tokens;
};

} // namespace vitrine::session
