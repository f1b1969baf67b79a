// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/remoteaccount.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

namespace vitrine::session {

using access::Credential;

RemoteAccount::RemoteAccount(Account account, access::TokenStore& tokens, QObject* parent)
    : Connector(parent), m_account(std::move(account)), m_tokens(tokens)
{}

QFuture<Result<WayIn>> RemoteAccount::open()
{
    return whenDone(this, m_tokens.read(m_account.id),
                    [this](const Result<Credential>& kept) -> Result<WayIn> {
                        if (kept)
                            return WayIn{m_account.url, *kept, m_tokens.isPersistent()};
                        if (kept.error().kind == ErrorKind::KeyringAbsent)
                            return WayIn{m_account.url, {}, false};
                        // Whoever let the keyring's dialog pass is not asked again by itself.
                        const bool isUnanswered = kept.error().kind == ErrorKind::TimedOut;
                        return failure(isUnanswered ? ErrorKind::KeyringLocked : kept.error().kind,
                                       kept.error().detail);
                    });
}

QFuture<Result<WayIn>> RemoteAccount::openAfresh()
{
    return readyFuture(Result<WayIn>(failure(ErrorKind::SignInRequired)));
}

} // namespace vitrine::session
