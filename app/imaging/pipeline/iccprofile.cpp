// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/iccprofile.h"

#include "app/imaging/pipeline/pngchunks.h"
#include "app/imaging/pipeline/riffchunks.h"
#include "app/imaging/pipeline/tiffdirectory.h"

#include <zlib.h>

#include <algorithm>

namespace vitrine::imaging {
namespace {

/// More than any profile has; what unpacks to more is an attack.
constexpr qsizetype kMaxUnpacked = 8'000'000;

/// A zlib stream; empty if it is broken or unpacks to more than kMaxUnpacked.
QByteArray unpacked(QByteArrayView packed)
{
    // Deflate gains a factor of 1032 at most, so a small stream needs no large buffer.
    QByteArray bytes(qMin(kMaxUnpacked, packed.size() * 1032), Qt::Uninitialized);
    uLongf size = uLongf(bytes.size());
    if (uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                   reinterpret_cast<const Bytef*>(packed.data()), uLong(packed.size())) != Z_OK)
        return {};
    bytes.truncate(qsizetype(size));
    return bytes;
}

QByteArray profileOfPng(QByteArrayView bytes)
{
    PngChunkReader reader(bytes);
    for (auto chunk = reader.next(); chunk && chunk->type != "IDAT"; chunk = reader.next()) {
        if (chunk->type != "iCCP")
            continue;
        const qsizetype nameEnd = chunk->data.indexOf('\0'); // then the method, always 0
        if (nameEnd < 0 || nameEnd + 2 > chunk->data.size())
            return {};
        return unpacked(chunk->data.sliced(nameEnd + 2));
    }
    return {};
}

QByteArray profileOfWebP(QByteArrayView bytes)
{
    RiffChunkReader reader(webPChunks(bytes).value_or(QByteArrayView()));
    while (const auto chunk = reader.next()) {
        if (chunk->type == "ICCP")
            return chunk->data.toByteArray();
    }
    return {};
}

QByteArray profileOfTiff(QByteArrayView bytes)
{
    constexpr quint16 iccTag = 34675;
    const TiffReader reader(bytes);
    const auto entries = reader.directory(reader.firstDirectory()).value_or(QList<TiffEntry>());
    const auto found = std::ranges::find(entries, iccTag, &TiffEntry::tag);
    return found == entries.end() ? QByteArray() : found->value.toByteArray();
}

} // namespace

QByteArray embeddedProfile(QByteArrayView bytes, Format format)
{
    switch (format) {
    case Format::Png:
        return profileOfPng(bytes);
    case Format::WebP:
        return profileOfWebP(bytes);
    case Format::Tiff:
        return profileOfTiff(bytes);
    default:
        return {};
    }
}

} // namespace vitrine::imaging
