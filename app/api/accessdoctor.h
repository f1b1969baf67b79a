// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/error.h"

#include <QDateTime>
#include <QNetworkReply>
#include <QSslError>

/// The Access doctor: what stands between this program and a gallery. Pure, but for isConnected().
namespace vitrine::api {

struct Answer;

inline constexpr int kNetworkWantsSignIn = 511; ///< RFC 6585

/// What a request showed of who is asking; no secret.
struct Shown {
    enum class Kind { Nothing, ServiceToken, HalfServiceToken, PersonToken };

    Kind kind = Kind::Nothing;
    QDateTime from;  ///< UTC; of a person's token, where it says so
    QDateTime until; ///< UTC; the same
};

Shown shownBy(const access::Credential& credential);

/// Why an answer is none; Unknown where its status says all there is.
Cause causeOf(const Answer& answer);

/// Why there is no answer. \a isConnected: as isConnected() says, or true for this very machine.
Cause causeOf(QNetworkReply::NetworkError error, const QList<QSslError>& tls, bool isConnected);

/// Whether this machine has a network beside itself.
bool isConnected();

} // namespace vitrine::api
