// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/accountsetup.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

namespace vitrine::session {

using access::Credential;
using protocol::Capabilities;

namespace {

QFuture<Result<Found>> ready(const Result<Found>& found)
{
    return readyFuture(found);
}

} // namespace

AccountSetup::AccountSetup(access::TokenStore& tokens, QObject* parent)
    : QObject(parent), m_tokens(tokens), m_client(m_network)
{}

QFuture<Result<Found>> AccountSetup::look(const QUrl& url)
{
    m_client.setServer(url, {});
    return whenDone(this, m_client.capabilities(), [this](const Result<Capabilities>& told) {
        if (!told && told.error().kind == ErrorKind::SignInRequired)
            return ready(Found{});
        if (!told)
            return ready(failure(told.error()));
        if (told->isStated)
            return ready(Found{Dialect::Vitrine});
        return lookForReference();
    });
}

QFuture<Result<Found>> AccountSetup::lookForReference()
{
    return whenDone(this, m_client.isSetUp(), [this](const Result<bool>& isSetUp) {
        if (isSetUp)
            return ready(Found{Dialect::Reference});
        if (isSetUp.error().kind == ErrorKind::SignInRequired)
            return ready(Found{});
        return lookForListing();
    });
}

QFuture<Result<Found>> AccountSetup::lookForListing()
{
    const auto page = m_client.images(api::View::Guest, {}, 1);
    return whenDone(this, page, [](const Result<protocol::Page>& listed) -> Result<Found> {
        if (listed)
            return Found{Dialect::Article};
        if (listed.error().kind == ErrorKind::SignInRequired)
            return Found{};
        return failure(listed.error());
    });
}

QFuture<Result<void>> AccountSetup::signIn(const Account& account, const Credential& credential)
{
    m_client.setServer(account.url, credential);
    const auto page = m_client.images(api::View::Owner, {}, 1);
    return whenDone(this, page,
                    [this, id = account.id, credential](const Result<protocol::Page>& listed) {
                        if (listed)
                            return m_tokens.write(id, credential);
                        const bool isUnknown = listed.error().kind == ErrorKind::NotFound;
                        return readyFuture(Result<void>(isUnknown ? failure(ErrorKind::Unsupported)
                                                                  : failure(listed.error())));
                    });
}

QFuture<Result<void>> AccountSetup::signOut(const Account& account)
{
    return m_tokens.remove(account.id);
}

} // namespace vitrine::session
