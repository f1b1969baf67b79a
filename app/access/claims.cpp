// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/claims.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxToken = 16 * 1024;
constexpr qsizetype kMaxName = 320;               // of an e-mail address
constexpr double kLastSecond = 253'402'300'799.0; // 9999-12-31

// Shown to people, so nothing that would break out of a line.
QString nameFrom(const QJsonValue& value)
{
    QString name = value.toString().left(kMaxName);
    name.removeIf([](QChar c) { return !c.isPrint() || c.isSpace(); });
    return name;
}

QDateTime timeFrom(const QJsonValue& value)
{
    const double seconds = value.toDouble(-1);
    if (!(seconds >= 0 && seconds <= kLastSecond))
        return {};
    return QDateTime::fromSecsSinceEpoch(qint64(seconds), QTimeZone::utc());
}

} // namespace

std::optional<Claims> claimsOf(const Secret& jwt)
{
    const QByteArray& token = jwt.reveal();
    if (token.size() > kMaxToken || token.count('.') != 2)
        return {};
    const auto payload = QByteArray::fromBase64Encoding(
        token.split('.').at(1),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QJsonDocument document = QJsonDocument::fromJson(*payload);
    if (!payload || !document.isObject())
        return {};
    const QJsonObject claims = document.object();
    const QJsonValue from = claims.contains("nbf"_L1) ? claims["nbf"_L1] : claims["iat"_L1];
    return Claims{nameFrom(claims["email"_L1]), nameFrom(claims["common_name"_L1]), timeFrom(from),
                  timeFrom(claims["exp"_L1])};
}

std::optional<Claims> claimsOf(const Credential& credential)
{
    if (const auto* person = std::get_if<PersonToken>(&credential))
        return claimsOf(person->jwt);
    if (const auto* oauth = std::get_if<OAuthToken>(&credential))
        return claimsOf(oauth->accessToken);
    return {};
}

Identity identityOf(const Credential& credential)
{
    if (const auto* service = std::get_if<ServiceToken>(&credential))
        return {service->clientId, {}};
    const Claims claims = claimsOf(credential).value_or(Claims());
    const auto* oauth = std::get_if<OAuthToken>(&credential);
    return {claims.email.isEmpty() ? claims.commonName : claims.email,
            oauth && oauth->until.isValid() ? oauth->until : claims.until};
}

} // namespace vitrine::access
