// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"
#include "app/backend/http/place.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace vitrine::backend::http {

/// Why a request is refused before anybody looks at what it asks for.
struct Refusal {
    int status = 400;
    QString detail;
};

inline constexpr qsizetype kMaxHeadBytes = 16 * 1024;
inline constexpr qsizetype kMaxTargetBytes = 4 * 1024;
inline constexpr qsizetype kMaxFields = 64;

/// What the parser would repair or overlook, read from the head's raw bytes (up to and with the
/// empty line): folded and unprintable lines, targets that are no plain path.
std::optional<Refusal> checkRawHead(QByteArrayView raw);

/// What leaves room for two readings of one request (request smuggling), or is addressed to
/// somebody else (DNS rebinding): \a hosts are this server's names, see ownHosts().
std::optional<Refusal> checkFields(const RequestHead& head, const QList<QByteArray>& hosts);

/// What may stand in Host for a server that listens at \a place, on \a port: its address, its
/// names, and those of loopback, which no rebinding can bend.
QList<QByteArray> ownHosts(const Place& place, quint16 port);

/// The body's length as the fields announce it; nullopt for chunked. After checkFields().
std::optional<qint64> announcedLength(const Headers& headers);

} // namespace vitrine::backend::http
