// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/bodyplace.h"

#include "app/api/statusmapping.h"

#include <QRegularExpression>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

constexpr int kWhole = 200;
constexpr int kRest = 206;
constexpr int kNoSuchRange = 416;

// RFC 9110, 13.1.5: only a strong one says that the bytes are the same.
QByteArray strongTag(const Answer& head)
{
    const QByteArray tag = head.header("ETag").trimmed();
    return tag.size() >= 2 && tag.startsWith('"') && tag.endsWith('"') ? tag : QByteArray();
}

// A page, or the sentence of a server in trouble, which may come as a success.
bool isInWords(const Answer& head)
{
    const QByteArray type = head.mediaType();
    return head.isHtml() || type.startsWith("text/") || type == "application/json" ||
           type.endsWith("+json");
}

bool isFile(const Answer& head)
{
    const QByteArray encoding = head.header("Content-Encoding");
    return !isInWords(head) && (encoding.isEmpty() || encoding == "identity");
}

// A server, or a cache, that does not heed If-Range tells of another body all the same.
bool isOfAnother(const Answer& head, const QByteArray& etag)
{
    const QByteArray own = strongTag(head);
    return !own.isEmpty() && own != etag;
}

Result<BodyPlace> placeOfRest(const Answer& head, const BodyAsked& asked)
{
    static const QRegularExpression pattern(u"^bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)$"_s);
    const auto range = pattern.match(QString::fromLatin1(head.header("Content-Range").trimmed()));
    if (asked.from == 0)
        return failure(ErrorKind::BadAnswer, u"a part of a file"_s);
    if (!range.hasMatch() || range.captured(1).toLongLong() != asked.from)
        return failure(ErrorKind::Conflict, u"another part of the file"_s);
    if (isOfAnother(head, asked.etag))
        return failure(ErrorKind::Conflict, u"a part of another file"_s);
    return BodyPlace{asked.from, range.captured(2).toLongLong(), strongTag(head)};
}

} // namespace

Result<BodyPlace> placeOfBody(const Answer& head, const BodyAsked& asked)
{
    if (head.status == kNoSuchRange && asked.from > 0)
        return failure(ErrorKind::Conflict, u"the file is shorter than that"_s);
    if (auto refused = refusal(head))
        return failure(*std::move(refused));
    if (!isFile(head) || (head.status != kWhole && head.status != kRest))
        return failure(ErrorKind::BadAnswer, u"not a file"_s);
    if (head.status == kRest)
        return placeOfRest(head, asked);
    return BodyPlace{0, head.header("Content-Length").toLongLong(), strongTag(head)};
}

} // namespace vitrine::api
