// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/listing.h"

#include "app/backend/answers.h"
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

} // namespace

http::Response listing(const Services& services, const http::RequestHead& head,
                       Presentation presentation)
{
    const auto limit = limitFrom(head);
    if (!limit)
        return problemAnswer(400, u"The limit is a number from 1 to 1000."_s);
    const auto page = services.store.page(head.parameter(u"cursor"_s), *limit);
    if (!page)
        return problemAnswer(page.error());
    protocol::Page shown;
    shown.cursor = page->cursor;
    shown.images.reserve(page->images.size());
    for (const StoredImage& stored : page->images)
        shown.images.append((services.delivery.*presentation)(stored));
    return jsonTextAnswer(protocol::jsonText(shown));
}

} // namespace vitrine::backend
