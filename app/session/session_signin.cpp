// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Session that signs in, proves that it did, and renews the sign-in in time.
#include "app/base/whendone.h"
#include "app/session/connector.h"
#include "app/session/proof.h"
#include "app/session/session.h"

#include <utility>

namespace vitrine::session {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kRenewBefore = 5min;
constexpr std::chrono::milliseconds kRenewAgain = 1min;
constexpr auto kLongestTimer = 24h;

} // namespace

// Where acts alone are refused, all that proves a sign-in is fine, and they would go out for ever.
void Session::signInForActs(const Error& refusal)
{
    if (!std::exchange(m_isActRefused, true))
        return reconnect();
    m_hasEntered = false; // and no listing is taken for more
    stop(refusal);
}

// The server's own refusal says more than that there is nothing else to try.
void Session::signIn(Token token, const std::optional<Error>& refusal)
{
    if (m_isSigningIn)
        return;
    m_isSigningIn = true;
    m_hasEntered = false;
    auto opened = token == Token::Kept ? m_connector->open() : m_connector->openAfresh();
    whenDone(this, opened, [this, refusal, entry = m_entry](const Result<WayIn>& wayIn) {
        if (entry != m_entry)
            return;
        m_isSigningIn = false;
        if (wayIn)
            return enter(*wayIn);
        const bool isAsked = wayIn.error().kind == ErrorKind::SignInRequired;
        stop(isAsked ? refusal.value_or(wayIn.error()) : wayIn.error());
    });
}

// Whatever comes of what is under way belongs to whoever it was before.
void Session::supersede()
{
    ++m_entry;
    m_isSigningIn = false;
}

void Session::enter(const WayIn& wayIn)
{
    supersede();
    m_hasEntered = false;
    m_keepsSignIn = wayIn.isKept;
    const access::Identity before = std::exchange(m_identity, access::identityOf(wayIn.credential));
    m_isActRefused = m_isActRefused && m_identity == before;
    m_isGuest = std::holds_alternative<std::monostate>(wayIn.credential);
    m_gallery.setView(m_isGuest ? api::View::Guest : api::View::Owner);
    m_client->setServer(wayIn.url, wayIn.credential);
    renewInTime();
    greet();
}

// A sign-in that says when it is over is renewed before, if that takes no person. One that is over
// already is the server's to judge: this machine's clock may be wrong.
void Session::renewInTime()
{
    const auto left = timeLeft();
    if (left <= 0s)
        return m_renewal.stop();
    const auto before = left > kRenewBefore ? kRenewBefore : left / 2;
    m_renewal.start(std::min<std::chrono::milliseconds>(left - before, kLongestTimer));
}

std::chrono::milliseconds Session::timeLeft() const
{
    const QDateTime until = m_identity.until;
    return std::chrono::milliseconds(until.isValid() ? m_clock.now().msecsTo(until) : 0);
}

void Session::renew()
{
    const auto left = timeLeft();
    if (left > kRenewBefore) // the machine slept, or a timer lasts no longer
        return renewInTime();
    if (left <= 0s)
        return expire();
    const auto opened = m_connector->openAfresh();
    whenDone(this, opened, [this, entry = m_entry](const Result<WayIn>& wayIn) {
        if (entry != m_entry)
            return;
        if (wayIn)
            enter(*wayIn);
        else
            m_renewal.start(std::clamp<std::chrono::milliseconds>(timeLeft(), 0s, kRenewAgain));
    });
}

// What would be refused is not even sent.
void Session::expire()
{
    m_outbox.setRunning(false);
    signIn(Token::Fresh,
           Error{ErrorKind::SignInRequired, u"the sign-in is over"_s, {}, Cause::Expired});
}

void Session::greet()
{
    const auto answer = m_client->greet();
    whenDone(this, answer, [this, entry = m_entry](const Result<api::Greeting>& greeted) {
        if (entry != m_entry)
            return;
        if (!greeted)
            return follow(failure(greeted.error()));
        takeOver(greeted->capabilities);
        m_isBack = true;
        // Where all see the same listing, reading it proves no sign-in.
        m_hasEntered = greeted->dialect == api::Dialect::Vitrine || m_isGuest;
        if (m_hasEntered)
            refresh();
        else
            prove(*greeted);
    });
}

void Session::prove(const api::Greeting& greeting)
{
    const auto proof = provenSignIn(*m_client, greeting);
    whenDone(this, proof, [this, entry = m_entry](const Result<void>& isGood) {
        if (entry != m_entry)
            return;
        m_hasEntered = isGood.has_value();
        if (isGood)
            refresh();
        else
            follow(isGood);
    });
}

} // namespace vitrine::session
