// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/tokenanswer.h"

#include "app/api/statusmapping.h"

#include <QJsonDocument>

#include <algorithm>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using access::OAuthToken;
using access::Secret;

constexpr qsizetype kLongestToken = 16 * 1024;
constexpr double kLongestLife = 10.0 * 365 * 24 * 3600; // s

enum class Refusal { None, Over, Trouble };

// By RFC 6749, section 5.2, these are about what was sent: a code or token that is over, or a
// client that is no longer known. Some servers use the words of other endpoints to tell of trouble
// of their own, for which nobody has to sign in.
Refusal refusalIn(const Answer& answer)
{
    const QString error = QJsonDocument::fromJson(answer.body).object()["error"_L1].toString();
    if ((answer.status != 400 && answer.status != 401) || error.isEmpty())
        return Refusal::None;
    const bool isTrouble = error == "server_error"_L1 || error == "temporarily_unavailable"_L1 ||
                           error == "slow_down"_L1;
    return isTrouble ? Refusal::Trouble : Refusal::Over;
}

Result<OAuthToken> tokenOf(const QJsonObject& object, const QDateTime& received)
{
    const QByteArray token = object["access_token"_L1].toString().toUtf8();
    const QByteArray next = object["refresh_token"_L1].toString().toUtf8();
    const QString type = object["token_type"_L1].toString();
    if (token.isEmpty() || std::max(token.size(), next.size()) > kLongestToken ||
        type.compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        return failure(ErrorKind::BadAnswer, u"no bearer token"_s);
    const double life = object["expires_in"_L1].toDouble(0);
    OAuthToken taken{Secret(token), Secret(next), {}, {}, {}};
    if (life > 0)
        taken.until = received.addSecs(qint64(std::min(life, kLongestLife)));
    return taken;
}

} // namespace

Result<OAuthToken> tokenIn(Answer answer)
{
    answer.isOwnOrigin = true; // Access itself is who was asked here, and nobody on the way
    const Refusal refused = refusalIn(answer);
    if (refused == Refusal::Over)
        return failure(
            {ErrorKind::SignInRequired, u"the token endpoint refused"_s, {}, Cause::Expired});
    if (refused == Refusal::Trouble)
        return failure(ErrorKind::Unavailable, u"the token endpoint is in trouble"_s);
    if (answer.status == 200 && answer.isHtml())
        return failure(ErrorKind::BadAnswer, u"a page in place of a token"_s);
    return jsonObject(answer).and_then(
        [&](const QJsonObject& object) { return tokenOf(object, answer.received); });
}

} // namespace vitrine::api
