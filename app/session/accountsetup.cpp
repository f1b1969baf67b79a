// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/accountsetup.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/session/proof.h"

namespace vitrine::session {

using access::Credential;
using api::Greeting;

AccountSetup::AccountSetup(access::TokenStore& tokens, QObject* parent)
    : QObject(parent), m_tokens(tokens), m_client(m_network)
{}

QFuture<Result<Found>> AccountSetup::look(const QUrl& url)
{
    m_client.setServer(url, {});
    return whenDone(this, m_client.greet(), [](const Result<Greeting>& greeted) -> Result<Found> {
        if (greeted)
            return Found{.dialect = greeted->dialect};
        if (greeted.error().kind == ErrorKind::SignInRequired)
            return Found{.isSure = greeted.error().cause != Cause::LoginPage};
        return failure(greeted.error());
    });
}

QFuture<Result<void>> AccountSetup::signIn(const Account& account, const Credential& credential)
{
    m_client.setServer(account.url, credential);
    const auto proven = whenDone(this, m_client.greet(), [this](const Result<Greeting>& greeted) {
        return greeted ? provenSignIn(m_client, *greeted)
                       : readyFuture(Result<void>(failure(greeted.error())));
    });
    return whenDone(this, proven, [this, id = account.id, credential](const Result<void>& isGood) {
        return isGood ? m_tokens.write(id, credential) : readyFuture(isGood);
    });
}

QFuture<Result<void>> AccountSetup::signOut(const Account& account)
{
    return m_tokens.remove(account.id);
}

} // namespace vitrine::session
