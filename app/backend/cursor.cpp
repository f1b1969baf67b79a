// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/cursor.h"

#include <limits>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kEncoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr char kPrefix[] = "before:";

} // namespace

QString cursorFromSequence(qint64 sequence)
{
    const QByteArray plain = kPrefix + QByteArray::number(sequence);
    return QString::fromLatin1(plain.toBase64(kEncoding));
}

Result<qint64> sequenceFromCursor(const QString& cursor)
{
    if (cursor.isEmpty())
        return std::numeric_limits<qint64>::max();
    const QByteArray plain = QByteArray::fromBase64(cursor.toLatin1(), kEncoding);
    const qint64 sequence = plain.mid(qstrlen(kPrefix)).toLongLong();
    // Only what we would have written ourselves is one of ours.
    if (sequence <= 0 || cursorFromSequence(sequence) != cursor)
        return failure(ErrorKind::InvalidInput, u"The cursor is not one of this server's."_s);
    return sequence;
}

} // namespace vitrine::backend
