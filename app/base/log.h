// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>
#include <QUrl>

namespace vitrine {

Q_DECLARE_LOGGING_CATEGORY(logApi)
Q_DECLARE_LOGGING_CATEGORY(logAccess)
Q_DECLARE_LOGGING_CATEGORY(logBackend)
Q_DECLARE_LOGGING_CATEGORY(logDecoding)
Q_DECLARE_LOGGING_CATEGORY(logGallery)
Q_DECLARE_LOGGING_CATEGORY(logTransfer)

/// An address as it may stand in a log: no user, no query, no fragment (signatures live there).
QString redacted(const QUrl& url);

/// \a text with everything that looks like a secret masked: JWTs, signatures, Access headers.
QString redacted(const QString& text);

/// From now on every message of this process passes redacted() before it is printed to stderr:
/// the second line of defence, should a caller forget the first.
void installRedactingLog();

} // namespace vitrine
