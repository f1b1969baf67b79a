// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/contentdisposition.h"

#include <QRegularExpression>
#include <QUrl>

namespace vitrine::api {

using namespace Qt::StringLiterals;

QString fileNameFrom(const QByteArray& contentDisposition)
{
    static const QRegularExpression extended(uR"re(;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+))re"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression plain(
        uR"re(;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+)))re"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression escape(uR"re(\\(.))re"_s);
    const QString value = QString::fromUtf8(contentDisposition);
    if (const auto match = extended.match(value); match.hasMatch())
        return QUrl::fromPercentEncoding(match.captured(1).toUtf8());
    const auto match = plain.match(value);
    return match.captured(1).replace(escape, u"\\1"_s) + match.captured(2);
}

} // namespace vitrine::api
