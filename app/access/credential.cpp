// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/credential.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <string.h> // explicit_bzero

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kClientId = "clientId"_L1;
constexpr auto kClientSecret = "clientSecret"_L1;
constexpr auto kJwt = "jwt"_L1;
constexpr auto kAccessToken = "accessToken"_L1;
constexpr auto kRefreshToken = "refreshToken"_L1;
constexpr auto kUntil = "until"_L1; // seconds since 1970
constexpr auto kTokenEndpoint = "tokenEndpoint"_L1;

// Reads back what serialized() wrote; a value that is not a text is an absent one.
Secret secretFrom(const QJsonObject& object, QLatin1StringView key)
{
    return Secret(object[key].toString().toUtf8());
}

QJsonObject jsonOf(const OAuthToken& token)
{
    QJsonObject object{{kAccessToken, QString::fromUtf8(token.accessToken.reveal())},
                       {kRefreshToken, QString::fromUtf8(token.refreshToken.reveal())},
                       {kTokenEndpoint, token.tokenEndpoint.toString(QUrl::FullyEncoded)},
                       {kClientId, token.clientId}};
    if (token.until.isValid())
        object.insert(kUntil, token.until.toSecsSinceEpoch());
    return object;
}

OAuthToken oauthTokenFrom(const QJsonObject& object)
{
    OAuthToken token{secretFrom(object, kAccessToken),
                     secretFrom(object, kRefreshToken),
                     {},
                     QUrl(object[kTokenEndpoint].toString()),
                     object[kClientId].toString()};
    if (object.contains(kUntil))
        token.until = QDateTime::fromSecsSinceEpoch(object[kUntil].toInteger(), QTimeZone::utc());
    return token;
}

} // namespace

Secret::~Secret()
{
    // Only the last owner wipes: data() of a shared array would wipe a fresh copy instead.
    if (!m_bytes.isEmpty() && m_bytes.isDetached())
        explicit_bzero(m_bytes.data(), size_t(m_bytes.size()));
}

Secret serialized(const Credential& credential)
{
    QJsonObject object;
    if (const auto* service = std::get_if<ServiceToken>(&credential)) {
        object.insert(kClientId, service->clientId);
        object.insert(kClientSecret, QString::fromUtf8(service->clientSecret.reveal()));
    } else if (const auto* person = std::get_if<PersonToken>(&credential)) {
        object.insert(kJwt, QString::fromUtf8(person->jwt.reveal()));
    } else if (const auto* oauth = std::get_if<OAuthToken>(&credential)) {
        object = jsonOf(*oauth);
    }
    return Secret(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Credential credentialFrom(const Secret& serialized)
{
    const QJsonObject object = QJsonDocument::fromJson(serialized.reveal()).object();
    const QString clientId = object[kClientId].toString();
    if (Secret secret = secretFrom(object, kClientSecret); !clientId.isEmpty() && !secret.isEmpty())
        return ServiceToken{clientId, std::move(secret)};
    if (Secret jwt = secretFrom(object, kJwt); !jwt.isEmpty())
        return PersonToken{std::move(jwt)};
    if (OAuthToken token = oauthTokenFrom(object); !token.accessToken.isEmpty())
        return token;
    return {};
}

} // namespace vitrine::access
