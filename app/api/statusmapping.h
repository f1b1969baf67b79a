// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/answer.h"
#include "app/base/result.h"

#include <QJsonObject>

#include <optional>

namespace vitrine::api {

/// Whether that is Access itself: a team's domain.
bool isAccessHost(const QString& host);

/// Whether Access, and not the server behind it, says no: by a redirect to its login page, a 401, a
/// 403 with its mark, or the login page itself.
bool wantsSignIn(const Answer& answer);

/// The time that \a value says (RFC 9110, the one form that servers may send), UTC; else invalid.
QDateTime httpDate(const QByteArray& value);

/// The one place where an HTTP status becomes an ErrorKind. Nothing for 2xx, except where a 2xx is
/// a refusal in disguise (a login page; for JSON see jsonObject()).
std::optional<Error> refusal(const Answer& answer);

/// The JSON object of a good answer. Errors: those of refusal(); Unavailable for 200 with an
/// "error" member; BadAnswer for another media type, cut off JSON, or anything but an object.
Result<QJsonObject> jsonObject(const Answer& answer);

/// For answers that say no more than `true`. Errors as jsonObject(); BadAnswer for anything else.
Result<void> plainTrue(const Answer& answer);

} // namespace vitrine::api
