// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/credential.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <string.h> // explicit_bzero

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kClientId = "clientId"_L1;
constexpr auto kClientSecret = "clientSecret"_L1;
constexpr auto kJwt = "jwt"_L1;

// Reads back what serialized() wrote; a value that is not a text is an absent one.
Secret secretFrom(const QJsonObject& object, QLatin1StringView key)
{
    return Secret(object[key].toString().toUtf8());
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
    return {};
}

} // namespace vitrine::access
