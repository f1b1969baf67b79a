// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/compression.h"

#include "app/backend/http/headervalue.h"

#include <zlib.h>

#include <optional>

namespace vitrine::backend::http {
namespace {

constexpr qsizetype kWorthIt = 1024; // below a packet's size nothing is gained
constexpr int kGzip = 16;            // added to the window's bits: zlib's way to ask for gzip

/// Whether an item of Accept-Encoding takes what it names: not "gzip;q=0".
bool isTaken(const HeaderValue& coding)
{
    return coding.isSound && coding.parameters.value("q", "1").toDouble() > 0;
}

/// What names gzip decides alone, else "*" does. Where items contradict each other it is not taken.
bool takesGzip(const Headers& headers)
{
    std::optional<bool> byName;
    std::optional<bool> byStar;
    for (const QByteArray& item : headers.values("Accept-Encoding").join(',').split(',')) {
        const HeaderValue coding = parseHeaderValue(item.trimmed());
        if (coding.value == "gzip" || coding.value == "x-gzip")
            byName = byName.value_or(true) && isTaken(coding);
        else if (coding.value == "*")
            byStar = byStar.value_or(true) && isTaken(coding);
    }
    return byName.value_or(byStar.value_or(false));
}

std::optional<QByteArray> gzip(const QByteArray& bytes)
{
    z_stream stream = {};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + kGzip, MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = uInt(packed.size());
    const bool isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    packed.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return isComplete ? std::optional(packed) : std::nullopt;
}

} // namespace

Response compressed(const RequestHead& head, Response response)
{
    if (response.file || response.body.size() < kWorthIt)
        return response;
    response.headers.add("Vary", "Accept-Encoding");
    const auto packed = takesGzip(head.headers) ? gzip(response.body) : std::optional<QByteArray>();
    if (!packed)
        return response;
    response.body = *packed;
    response.headers.add("Content-Encoding", "gzip");
    return response;
}

} // namespace vitrine::backend::http
