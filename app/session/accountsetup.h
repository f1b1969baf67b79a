// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "app/api/apiclient.h"
#include "app/session/accountlist.h"

#include <QFuture>
#include <QNetworkAccessManager>
#include <QObject>

#include <optional>

namespace vitrine::session {

using api::Dialect;

/// What is at an address.
struct Found {
    std::optional<Dialect> dialect; ///< nothing: all of it is behind a sign-in
    /// False where it may just as well be no gallery: pages for people are all that it has.
    bool isSure = true;

    /// Whether there is nothing to be seen before a sign-in.
    bool isClosed() const { return !dialect; }
};

/// Looks at a server before it becomes an account, and signs in to it. Main thread.
class AccountSetup final : public QObject
{
    Q_OBJECT

public:
    /// \a tokens must outlive it.
    explicit AccountSetup(access::TokenStore& tokens, QObject* parent = nullptr);

    /// Asks as a guest. Errors: BadAnswer where there is something else than a gallery; Network and
    /// the others of ApiClient.
    QFuture<Result<Found>> look(const QUrl& url);
    /// Tries \a credential at the account's server, and keeps it in the keyring if it is good.
    /// Errors: SignInRequired (it is not good), those of ApiClient and of the keyring.
    QFuture<Result<void>> signIn(const Account& account, const access::Credential& credential);
    /// Forgets what signs in to it.
    QFuture<Result<void>> signOut(const Account& account);

private:
    access::TokenStore& m_tokens;
    QNetworkAccessManager m_network;
    api::ApiClient m_client;
};

} // namespace vitrine::session
