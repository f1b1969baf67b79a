// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/remoteaccount.h"

#include "app/access/claims.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

namespace vitrine::session {

using access::Credential;
using access::OAuthToken;
using access::PersonToken;

namespace {

QFuture<Result<WayIn>> refused()
{
    return readyFuture(Result<WayIn>(failure(ErrorKind::SignInRequired)));
}

bool isNewer(const Credential& credential, const Credential& than)
{
    const QDateTime until = access::identityOf(credential).until;
    const QDateTime before = access::identityOf(than).until;
    return credential != Credential() && credential != than && (!until.isValid() || until > before);
}

} // namespace

RemoteAccount::RemoteAccount(Account account, access::TokenStore& tokens, QString cloudflared,
                             QObject* parent)
    : Connector(parent)
    , m_account(std::move(account))
    , m_tokens(tokens)
    , m_cloudflared(std::move(cloudflared))
{}

QFuture<Result<WayIn>> RemoteAccount::open()
{
    return whenDone(this, m_tokens.read(m_account.id),
                    [this](const Result<Credential>& kept) -> Result<WayIn> {
                        if (kept)
                            return wayInWith(*kept, m_tokens.isPersistent());
                        if (kept.error().kind == ErrorKind::KeyringAbsent)
                            return wayInWith({}, false);
                        // Whoever let the keyring's dialog pass is not asked again by itself.
                        const bool isUnanswered = kept.error().kind == ErrorKind::TimedOut;
                        return failure(isUnanswered ? ErrorKind::KeyringLocked : kept.error().kind,
                                       kept.error().detail);
                    });
}

// What another process has renewed meanwhile is taken as it is: a refresh token is good once.
QFuture<Result<WayIn>> RemoteAccount::openAfresh()
{
    return whenDone(this, m_tokens.read(m_account.id), [this](const Result<Credential>& kept) {
        if (m_given && kept && isNewer(*kept, *m_given))
            return readyFuture(Result<WayIn>(wayInWith(*kept, m_tokens.isPersistent())));
        const bool isSignedOut = kept && *kept == Credential();
        return renew(isSignedOut ? Credential() : m_given.value_or(kept.value_or(Credential())));
    });
}

WayIn RemoteAccount::wayInWith(const Credential& credential, bool isKept)
{
    m_given = credential;
    return {m_account.url, credential, isKept};
}

// Nobody else than the person who is signed in is asked for: a service token stays one.
QFuture<Result<WayIn>> RemoteAccount::renew(const Credential& kept)
{
    if (const auto* oauth = std::get_if<OAuthToken>(&kept))
        return renewByOAuth(*oauth);
    if (const auto* person = std::get_if<PersonToken>(&kept); person && m_cloudflared.isThere())
        return renewByCloudflared(*person);
    return refused();
}

// Whoever comes meanwhile gets the same: the second to show a refresh token would be refused.
QFuture<Result<WayIn>> RemoteAccount::renewByOAuth(const OAuthToken& kept)
{
    if (m_renewal.isFinished())
        m_renewal = whenDone(this, m_oauth.renew(kept), [this](const Result<OAuthToken>& token) {
            return token ? keep(*token) : readyFuture(Result<WayIn>(failure(token.error())));
        });
    return m_renewal;
}

QFuture<Result<WayIn>> RemoteAccount::renewByCloudflared(const PersonToken& kept)
{
    const auto has = m_cloudflared.token(m_account.url);
    return whenDone(this, has, [this, kept](const Result<PersonToken>& token) {
        const access::Identity before = access::identityOf(kept);
        const access::Identity after = token ? access::identityOf(*token) : access::Identity();
        const bool isRenewed = after.who == before.who && after.until > before.until;
        return token && isRenewed ? keep(*token) : refused();
    });
}

QFuture<Result<WayIn>> RemoteAccount::keep(const Credential& token)
{
    const auto written = m_tokens.write(m_account.id, token);
    return whenDone(this, written, [this, token](const Result<void>& kept) -> Result<WayIn> {
        return wayInWith(token, kept && m_tokens.isPersistent());
    });
}

} // namespace vitrine::session
