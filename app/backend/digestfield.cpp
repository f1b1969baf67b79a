// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/digestfield.h"

#include <QList>

namespace vitrine::backend {

using namespace Qt::StringLiterals;

Result<QByteArray> sha256FromDigestField(const QByteArray& field)
{
    constexpr QByteArrayView name = "sha-256=";
    constexpr qsizetype digestBytes = 32;
    for (const QByteArray& item : field.split(',')) {
        const QByteArray entry = item.trimmed();
        if (!entry.startsWith(name))
            continue;
        const QByteArray value = entry.mid(name.size());
        const bool isQuoted = value.size() > 2 && value.startsWith(':') && value.endsWith(':');
        const auto digest = QByteArray::fromBase64Encoding(value.mid(1, value.size() - 2),
                                                           QByteArray::AbortOnBase64DecodingErrors);
        if (!isQuoted || !digest || digest.decoded.size() != digestBytes)
            return failure(ErrorKind::InvalidInput, u"The Content-Digest is malformed."_s);
        return digest.decoded;
    }
    return QByteArray();
}

} // namespace vitrine::backend
