// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/revisions.h"

#include "app/protocol/endpoints.h"

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

std::optional<qint64> revisionFrom(const QByteArray& tag)
{
    if (tag.startsWith("W/"))
        return 0;
    bool isNumber = false;
    const qint64 revision = tag.mid(1, tag.size() - 2).toLongLong(&isNumber);
    const bool isQuoted = tag.size() > 2 && tag.startsWith('"') && tag.endsWith('"');
    return isQuoted && isNumber && revision > 0 ? std::optional(revision) : std::nullopt;
}

} // namespace

Result<QList<qint64>> revisionsFrom(const http::Headers& headers)
{
    const QByteArray field = headers.values(protocol::header::kIfMatch).join(',');
    QList<qint64> revisions;
    if (!headers.contains(protocol::header::kIfMatch) || field.trimmed() == "*")
        return revisions;
    for (const QByteArray& tag : field.split(',')) {
        const auto revision = revisionFrom(tag.trimmed());
        if (!revision)
            return failure(ErrorKind::InvalidInput, u"If-Match is a revision in quotes."_s);
        revisions.append(*revision);
    }
    return revisions;
}

} // namespace vitrine::backend
