// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/answer.h"

namespace vitrine::api {

QByteArray Answer::header(QByteArrayView name) const
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray Answer::mediaType() const
{
    return header("Content-Type").split(';').first().trimmed().toLower();
}

bool Answer::isHtml() const
{
    const QByteArray type = mediaType();
    return type == "text/html" || type == "application/xhtml+xml";
}

bool Answer::isRedirect() const
{
    const bool names =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    return names && !header("Location").isEmpty();
}

} // namespace vitrine::api
