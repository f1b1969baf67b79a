// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/accessdoctor.h"

#include <QByteArray>
#include <QDateTime>
#include <QNetworkReply>
#include <QUrl>

namespace vitrine::api {

/// A server's answer, complete, before anybody has judged it.
struct Answer {
    int status = 0;
    QUrl url; ///< that gave it, after redirects
    bool isOwnOrigin = false;
    QDateTime received; ///< UTC
    QList<QNetworkReply::RawHeaderPair> headers;
    QByteArray body; ///< empty where a sink took it
    qint64 bodySize = 0;
    Shown shown; ///< by the request; nothing to other servers than the own one

    /// The first header of that name, whatever its case; empty if there is none.
    QByteArray header(QByteArrayView name) const;
    /// Lower case, without parameters: "application/json".
    QByteArray mediaType() const;
    bool isHtml() const;
    bool isRedirect() const; ///< a 3xx that names another place
};

} // namespace vitrine::api
