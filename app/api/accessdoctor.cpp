// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/accessdoctor.h"

#include "app/access/claims.h"
#include "app/api/answer.h"
#include "app/api/statusmapping.h"

#include <QNetworkInterface>

#include <algorithm>
#include <cstdlib>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using Kind = Shown::Kind;

constexpr qint64 kBearableSkew = 120; // s; Access itself bears about as much

// Cloudflare's firewall: its mark, its plain "error code: 1020", or its page in place of JSON.
bool isFirewall(const Answer& answer)
{
    if (!answer.header("Cf-Mitigated").isEmpty())
        return true;
    if (answer.status != 403 && answer.status != 429 && answer.status != 503)
        return false;
    const bool isCloudflare = answer.header("Server").toLower() == "cloudflare";
    return answer.body.startsWith("error code: 10") ||
           (answer.status == 403 && isCloudflare && answer.isHtml());
}

// Somebody else's page for people where the gallery was asked. Within TLS it was the gallery's own
// server that sent there.
bool isForeignPage(const Answer& answer)
{
    const bool isProven = answer.url.scheme() == "https"_L1;
    return !answer.isOwnOrigin && !isProven && answer.status == 200 && answer.isHtml();
}

QDateTime serverTime(const Answer& answer)
{
    const QDateTime time = httpDate(answer.header("Date"));
    return time.isValid() ? time : answer.received;
}

bool isWithin(const Shown& shown, const QDateTime& time)
{
    const bool hasBegun = !shown.from.isValid() || shown.from <= time;
    return hasBegun && (!shown.until.isValid() || time < shown.until);
}

// A token that is good by one of the two clocks only, or comes from the future.
bool isSkewed(const Answer& answer)
{
    if (answer.shown.from.isValid() && answer.shown.from > answer.received)
        return true;
    const QDateTime there = serverTime(answer);
    if (std::abs(answer.received.secsTo(there)) <= kBearableSkew)
        return false;
    return isWithin(answer.shown, there) != isWithin(answer.shown, answer.received);
}

Cause whyNotThisPerson(const Answer& answer)
{
    if (isSkewed(answer))
        return Cause::ClockSkew;
    if (!isWithin(answer.shown, answer.received))
        return Cause::Expired;
    return answer.status == 403 ? Cause::NotAllowed : Cause::LoginPage;
}

Cause whySignIn(const Answer& answer)
{
    const bool isSentToPage = answer.isRedirect() || answer.status == 200;
    switch (answer.shown.kind) {
    case Kind::HalfServiceToken:
        return Cause::HalfServiceToken;
    case Kind::ServiceToken:
        return isSentToPage ? Cause::PolicyForPersons : Cause::NotAllowed;
    case Kind::PersonToken:
        return whyNotThisPerson(answer);
    case Kind::Nothing:
        break;
    }
    if (answer.isRedirect())
        return Cause::TeamDomain;
    return answer.status == 200 ? Cause::LoginPage : Cause::Unknown;
}

bool isNotYetValid(const QSslError& error)
{
    return error.error() == QSslError::CertificateNotYetValid;
}

bool leadsOutside(const QNetworkInterface& interface)
{
    const auto flags = interface.flags();
    return flags.testFlag(QNetworkInterface::IsUp) &&
           flags.testFlag(QNetworkInterface::IsRunning) &&
           !flags.testFlag(QNetworkInterface::IsLoopBack) && !interface.addressEntries().isEmpty();
}

} // namespace

Shown shownBy(const access::Credential& credential)
{
    if (const auto* service = std::get_if<access::ServiceToken>(&credential)) {
        const bool isWhole = !service->clientId.isEmpty() && !service->clientSecret.isEmpty();
        return {isWhole ? Kind::ServiceToken : Kind::HalfServiceToken, {}, {}};
    }
    if (std::holds_alternative<std::monostate>(credential))
        return {};
    const auto claims = access::claimsOf(credential).value_or(access::Claims());
    return {Kind::PersonToken, claims.from, access::identityOf(credential).until};
}

Cause causeOf(const Answer& answer)
{
    if (answer.status == kNetworkWantsSignIn)
        return Cause::CaptivePortal;
    if (wantsSignIn(answer))
        return whySignIn(answer);
    if (isFirewall(answer))
        return Cause::Blocked;
    return isForeignPage(answer) ? Cause::CaptivePortal : Cause::Unknown;
}

Cause causeOf(QNetworkReply::NetworkError error, const QList<QSslError>& tls, bool isConnected)
{
    if (!isConnected)
        return Cause::NoNetwork;
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return Cause::NameNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return Cause::NothingListens;
    case QNetworkReply::SslHandshakeFailedError:
        return std::any_of(tls.begin(), tls.end(), isNotYetValid) ? Cause::ClockSkew
                                                                  : Cause::UntrustedConnection;
    default:
        return Cause::Unknown;
    }
}

bool isConnected()
{
    const auto interfaces = QNetworkInterface::allInterfaces();
    return std::any_of(interfaces.begin(), interfaces.end(), leadsOutside);
}

} // namespace vitrine::api
