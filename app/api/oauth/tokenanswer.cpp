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

// By RFC 6749, section 5.2, these are about what was sent: a code or token that is over, or a
// client that is no longer known.
bool isOver(const Answer& answer)
{
    const bool isRefused = answer.status == 400 || answer.status == 401;
    return isRefused && QJsonDocument::fromJson(answer.body).object().contains("error"_L1);
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
    if (isOver(answer))
        return failure(
            {ErrorKind::SignInRequired, u"the token endpoint refused"_s, {}, Cause::Expired});
    if (answer.status == 200 && answer.isHtml())
        return failure(ErrorKind::BadAnswer, u"a page in place of a token"_s);
    return jsonObject(answer).and_then(
        [&](const QJsonObject& object) { return tokenOf(object, answer.received); });
}

} // namespace vitrine::api
