// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/conditional.h"

#include <algorithm>
#include <array>

namespace vitrine::backend::http {
namespace {

struct Interval {
    qint64 first = 0;
    qint64 last = -1; ///< inclusive; before first: nothing of the file is in it
};

bool matchesAny(const QByteArray& list, const QByteArray& tag)
{
    for (QByteArray candidate : list.split(',')) {
        candidate = candidate.trimmed();
        if (candidate.startsWith("W/")) // If-None-Match compares weakly
            candidate.remove(0, 2);
        if (candidate == "*" || candidate == tag)
            return true;
    }
    return false;
}

std::optional<qint64> number(QByteArrayView digits)
{
    const bool isPlain =
        !digits.isEmpty() && digits.size() <= 15 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isPlain ? std::optional(digits.toLongLong()) : std::nullopt;
}

// "bytes=0-99", "bytes=100-", "bytes=-5"; nullopt for everything that is to be ignored.
std::optional<Interval> parseRange(const QByteArray& value, qint64 size)
{
    constexpr QByteArrayView unit = "bytes=";
    if (!value.startsWith(unit) || value.contains(','))
        return std::nullopt;
    const QByteArrayView range = QByteArrayView(value).sliced(unit.size()).trimmed();
    const qsizetype dash = range.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    const auto first = number(range.first(dash));
    const auto last = number(range.sliced(dash + 1));
    if (dash == 0)
        return last ? std::optional(Interval{qMax<qint64>(0, size - *last), size - 1})
                    : std::nullopt;
    if (!first || (dash + 1 < range.size() && !last) || (last && *last < *first))
        return std::nullopt;
    return Interval{*first, last ? qMin(*last, size - 1) : size - 1};
}

/// Whether a request asks for anything else than the whole, whatever it has already.
bool isConditional(const RequestHead& head)
{
    constexpr std::array<QByteArrayView, 3> fields{"If-None-Match", "Range", "If-Range"};
    return std::any_of(fields.begin(), fields.end(),
                       [&](QByteArrayView field) { return head.headers.contains(field); });
}

Response notModified(Response whole)
{
    whole.status = 304;
    whole.file.reset();
    whole.body.clear();
    return whole;
}

Response notSatisfiable(Response whole, qint64 size)
{
    whole.status = 416;
    whole.file.reset();
    whole.headers.set("Content-Range", "bytes */" + QByteArray::number(size));
    return whole;
}

} // namespace

bool hasAlready(const RequestHead& head, const QByteArray& tag)
{
    return matchesAny(head.headers.value("If-None-Match"), tag);
}

Response conditional(const RequestHead& head, Response whole)
{
    if (whole.status != 200 || !whole.file)
        return whole;
    if (!whole.headers.contains("Accept-Ranges"))
        whole.headers.add("Accept-Ranges", "bytes");
    if (!isConditional(head))
        return whole;
    const QByteArray tag = whole.headers.value("ETag");
    if (matchesAny(head.headers.value("If-None-Match"), tag))
        return notModified(std::move(whole));
    if (head.method != "GET") // ranges are for that alone (RFC 9110, 14.2)
        return whole;
    const QByteArray condition = head.headers.value("If-Range");
    const bool isCurrent = condition.isNull() || condition == tag;
    const qint64 size = whole.file->length;
    const auto range =
        isCurrent ? parseRange(head.headers.value("Range"), size) : std::optional<Interval>();
    if (!range)
        return whole;
    if (range->first >= size || range->last < range->first)
        return notSatisfiable(std::move(whole), size);
    whole.status = 206;
    whole.file->offset += range->first;
    whole.file->length = range->last - range->first + 1;
    whole.headers.set("Content-Range", "bytes " + QByteArray::number(range->first) + '-' +
                                           QByteArray::number(range->last) + '/' +
                                           QByteArray::number(size));
    return whole;
}

} // namespace vitrine::backend::http
