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

// By this machine's clock; the server has the last word.
bool isOver(const Credential& credential)
{
    const QDateTime until = access::identityOf(credential).until;
    return until.isValid() && until <= QDateTime::currentDateTimeUtc();
}

} // namespace

RemoteAccount::RemoteAccount(Account account, access::TokenStore& tokens, const QString& turnFile,
                             QString cloudflared, QObject* parent)
    : Connector(parent)
    , m_account(std::move(account))
    , m_tokens(tokens)
    , m_cloudflared(std::move(cloudflared))
    , m_turn(turnFile)
{}

QFuture<Result<WayIn>> RemoteAccount::open()
{
    return whenDone(this, m_tokens.read(m_account.id), [this](const Result<Credential>& kept) {
        return kept ? openWith(*kept) : readyFuture(openWithout(kept.error()));
    });
}

QFuture<Result<WayIn>> RemoteAccount::openWith(const Credential& kept)
{
    note(kept);
    if (*m_given == kept || *m_given == Credential())
        return readyFuture(Result<WayIn>(wayInWith(kept, m_tokens.isPersistent())));
    if (m_renewal.isFinished())
        return write(*m_given);
    return readyFuture(Result<WayIn>(wayInWith(*m_given, false))); // the next one is on its way
}

Result<WayIn> RemoteAccount::openWithout(const Error& trouble)
{
    if (trouble.kind == ErrorKind::KeyringAbsent)
        return wayInWith({}, false);
    // Whoever let the keyring's dialog pass is not asked again by itself.
    const bool isUnanswered = trouble.kind == ErrorKind::TimedOut;
    return failure(isUnanswered ? ErrorKind::KeyringLocked : trouble.kind, trouble.detail);
}

// Whoever changed the keyring has the last word, also over what it did not take of us.
void RemoteAccount::note(const Credential& kept)
{
    if (m_known != kept)
        m_given = kept;
    m_known = kept;
}

// Whoever comes meanwhile gets the same: the second to show a refresh token would be refused.
QFuture<Result<WayIn>> RemoteAccount::openAfresh()
{
    if (!m_renewal.isFinished())
        return m_renewal;
    using Turn = Result<RenewalTurn::Turn>;
    m_renewal = whenDone(this, m_turn.take(), [this](const Turn& turn) {
        if (!turn)
            return readyFuture(Result<WayIn>(failure(turn.error())));
        return whenDone(this, takeOrRenew(),
                        [held = *turn](const Result<WayIn>& wayIn) { return wayIn; });
    });
    return m_renewal;
}

// What another process has renewed meanwhile is taken as it is, or gone on from.
QFuture<Result<WayIn>> RemoteAccount::takeOrRenew()
{
    return whenDone(this, m_tokens.read(m_account.id), [this](const Result<Credential>& kept) {
        const bool isNews = kept && m_known && *kept != *m_known;
        if (kept)
            note(*kept);
        if (kept && *kept == Credential()) // signed out, maybe elsewhere
            return refused();
        if (isNews && !isOver(*kept))
            return readyFuture(Result<WayIn>(wayInWith(*kept, m_tokens.isPersistent())));
        return renew(m_given.value_or(Credential()));
    });
}

WayIn RemoteAccount::wayInWith(const Credential& credential, bool isKept)
{
    m_given = credential;
    return {m_account.url, credential, isKept};
}

QFuture<Result<WayIn>> RemoteAccount::renew(const Credential& kept)
{
    const auto next = nextOf(kept);
    return whenDone(this, next, [this, before = m_known](const Result<Credential>& token) {
        return token ? keep(*token, before) : readyFuture(Result<WayIn>(failure(token.error())));
    });
}

// Nobody else than the person who is signed in is asked for: a service token stays one.
QFuture<Result<Credential>> RemoteAccount::nextOf(const Credential& kept)
{
    if (const auto* oauth = std::get_if<OAuthToken>(&kept))
        return nextByOAuth(*oauth);
    if (const auto* person = std::get_if<PersonToken>(&kept); person && m_cloudflared.isThere())
        return nextByCloudflared(*person);
    return readyFuture(Result<Credential>(failure(ErrorKind::SignInRequired)));
}

QFuture<Result<Credential>> RemoteAccount::nextByOAuth(const OAuthToken& kept)
{
    return whenDone(this, m_oauth.renew(kept), [](const Result<OAuthToken>& token) {
        return token.map([](const OAuthToken& next) { return Credential(next); });
    });
}

QFuture<Result<Credential>> RemoteAccount::nextByCloudflared(const PersonToken& kept)
{
    const auto has = m_cloudflared.token(m_account.url);
    return whenDone(this, has, [kept](const Result<PersonToken>& token) -> Result<Credential> {
        const access::Identity before = access::identityOf(kept);
        const access::Identity after = token ? access::identityOf(*token) : access::Identity();
        const bool isRenewed = after.who == before.who && after.until > before.until;
        if (!token || !isRenewed)
            return failure(ErrorKind::SignInRequired);
        return Credential(*token);
    });
}

// Who has signed in or out meanwhile knows nothing of turns, and has the last word; open() may have
// met what they left already.
QFuture<Result<WayIn>> RemoteAccount::keep(const Credential& token,
                                           const std::optional<Credential>& before)
{
    const auto read = m_tokens.read(m_account.id);
    return whenDone(this, read, [this, token, before](const Result<Credential>& kept) {
        if (kept)
            note(*kept);
        if (m_known == before)
            return write(token);
        return *m_known == Credential()
                   ? refused()
                   : readyFuture(Result<WayIn>(wayInWith(*m_known, m_tokens.isPersistent())));
    });
}

QFuture<Result<WayIn>> RemoteAccount::write(const Credential& token)
{
    const auto written = m_tokens.write(m_account.id, token);
    return whenDone(this, written, [this, token](const Result<void>& kept) -> Result<WayIn> {
        if (kept)
            m_known = token;
        return wayInWith(token, kept && m_tokens.isPersistent());
    });
}

} // namespace vitrine::session
