// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QUrl>

#include <utility>
#include <variant>

namespace vitrine::access {

/// Bytes that are wiped when they are no longer needed, as far as Qt's sharing allows.
/// Has no operator<< for logs on purpose.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes) : m_bytes(std::move(bytes)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    Secret& operator=(Secret other) noexcept
    {
        m_bytes.swap(other.m_bytes);
        return *this;
    }
    ~Secret();

    const QByteArray& reveal() const { return m_bytes; }
    bool isEmpty() const { return m_bytes.isEmpty(); }
    bool operator==(const Secret& other) const = default;

private:
    QByteArray m_bytes;
};

/// A machine's way in: both halves go out with every request.
struct ServiceToken {
    QString clientId;
    Secret clientSecret;
    bool operator==(const ServiceToken&) const = default;
};

/// A person's way in: the JWT that Access issued.
struct PersonToken {
    Secret jwt;
    bool operator==(const PersonToken&) const = default;
};

/// A person's way in by OAuth 2: a bearer token, and what brings the next one.
struct OAuthToken {
    Secret accessToken;
    Secret refreshToken; ///< good for one renewal; empty where the server gave none
    QDateTime until;     ///< of the access token, UTC; invalid where the server did not say
    QUrl tokenEndpoint;  ///< that gave it and renews it
    QString clientId;    ///< as whom the server knows this program
    bool operator==(const OAuthToken&) const = default;
};

/// monostate: a guest.
using Credential = std::variant<std::monostate, ServiceToken, PersonToken, OAuthToken>;

/// For the keyring: one opaque value, and back. An unreadable value becomes a guest.
Secret serialized(const Credential& credential);
Credential credentialFrom(const Secret& serialized);

} // namespace vitrine::access
