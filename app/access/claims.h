// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace vitrine::access {

/// What a token says of itself. Read, not verified: that only the server can do, and nothing but
/// what a person is told may depend on it.
struct Claims {
    QString email;      ///< of a person; else empty
    QString commonName; ///< of a service token; else empty
    QDateTime from;     ///< UTC; invalid where it does not say
    QDateTime until;    ///< UTC; invalid where it does not say

    bool operator==(const Claims&) const = default;
};

/// Nothing if \a jwt has not the shape of one.
std::optional<Claims> claimsOf(const Secret& jwt);

/// Of a person's token; nothing of other credentials, and where the server keeps to itself what it
/// is.
std::optional<Claims> claimsOf(const Credential& credential);

/// Who somebody is to a gallery, and for how long.
struct Identity {
    QString who; ///< an e-mail address, or a service token's name or client id; of a guest empty
    QDateTime until; ///< UTC; invalid where nobody knows

    bool operator==(const Identity&) const = default;
};

/// By what the credential tells of itself.
Identity identityOf(const Credential& credential);

} // namespace vitrine::access
