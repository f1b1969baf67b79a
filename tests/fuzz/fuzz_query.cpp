// SPDX-License-Identifier: GPL-3.0-or-later
// Request heads, queries, cursors and field values: none breaks, no address is believed that was
// not signed, no name gets out of a directory.
#include "app/backend/cursor.h"
#include "app/backend/digestfield.h"
#include "app/backend/faultrule.h"
#include "app/backend/filename.h"
#include "app/backend/http/headervalue.h"
#include "app/backend/http/headrules.h"
#include "app/backend/revisions.h"
#include "app/backend/urlsigner.h"

#include <cstdint>
#include <cstdlib>

using namespace vitrine;
using namespace vitrine::backend;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void readTarget(const QByteArray& target, const http::Headers& headers)
{
    const http::RequestHead head = http::requestHead("GET", target, headers);
    const QString cursor = head.parameter(QStringLiteral("cursor"));
    if (const auto sequence = sequenceFromCursor(cursor))
        require(cursor.isEmpty() || cursorFromSequence(*sequence) == cursor);
    static const UrlSigner signer(QByteArray(32, 'k'));
    require(!signer.isValid(head, QDateTime::fromSecsSinceEpoch(0), "epoch"));
    http::checkFields(head, {"127.0.0.1:1"});
    http::announcedLength(headers);
}

void readValue(const QByteArray& value)
{
    http::parseHeaderValue(value);
    if (const auto digest = sha256FromDigestField(value))
        require(digest->isEmpty() || digest->size() == 32);
    revisionsFrom({{"If-Match", value}});
    parseFaultRule(QString::fromLatin1(value));
    const QString name = safeFileName(value);
    require(!name.isEmpty() && !name.contains(u'/') && name != QStringLiteral("..") &&
            name.toUtf8().size() <= 255);
    fieldText(value);
}

} // namespace

// The first line is a target, the others are fields; all of it together is a raw head.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    http::checkRawHead(input);
    QList<QByteArray> lines = input.split('\n');
    const QByteArray target = lines.takeFirst();
    http::Headers headers;
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(':');
        headers.add(line.left(colon), line.mid(colon + 1).trimmed());
        readValue(line.mid(colon + 1));
    }
    readTarget(target, headers);
    return 0;
}
