// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/listing.h"

#include "app/backend/answers.h"
#include "app/backend/crypto.h"
#include "app/backend/http/conditional.h"
#include "app/protocol/endpoints.h"
#include "app/protocol/pagetext.h"

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

std::optional<int> limitFrom(const http::RequestHead& head)
{
    const QString text = head.parameter(u"limit"_s);
    if (text.isEmpty())
        return protocol::kDefaultPageSize;
    bool isNumber = false;
    const int limit = text.toInt(&isNumber);
    if (!isNumber || limit < 1)
        return std::nullopt;
    return qMin(limit, protocol::kMaxPageSize);
}

// Of all pages together, as they are told of under this path: what is in them, how they are
// addressed, and with which signatures, which change with the hour.
QByteArray tagOf(const Services& services, const http::RequestHead& head)
{
    const QByteArray parts = services.store.state() + ' ' + services.delivery.previewTerm() + ' ' +
                             head.origin() + head.path;
    return '"' + sha256(parts).toHex().first(32) + '"';
}

http::Response unchanged(const QByteArray& tag)
{
    http::Response response;
    response.status = 304;
    response.headers.add("Cache-Control", "private, no-store");
    response.headers.add("ETag", tag);
    return response;
}

} // namespace

http::Response listing(const Services& services, const http::RequestHead& head,
                       Presentation presentation)
{
    const auto limit = limitFrom(head);
    if (!limit)
        return problemAnswer(400, u"The limit is a number from 1 to 1000."_s);
    const QByteArray tag = tagOf(services, head); // before what it stands for is read
    if (http::hasAlready(head, tag))
        return unchanged(tag);
    const auto page = services.store.page(head.parameter(u"cursor"_s), *limit);
    if (!page)
        return problemAnswer(page.error());
    protocol::Page shown;
    shown.cursor = page->cursor;
    shown.images.reserve(page->images.size());
    for (const StoredImage& stored : page->images)
        shown.images.append((services.delivery.*presentation)(stored, head.origin()));
    http::Response response = jsonTextAnswer(protocol::jsonText(shown));
    response.headers.add("ETag", tag);
    return response;
}

} // namespace vitrine::backend
