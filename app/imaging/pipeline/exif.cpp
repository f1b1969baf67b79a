// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/exif.h"

#include "app/imaging/pipeline/jpegmarkers.h"
#include "app/imaging/pipeline/pngchunks.h"
#include "app/imaging/pipeline/riffchunks.h"
#include "app/imaging/pipeline/tiffdirectory.h"

namespace vitrine::imaging {
namespace {

constexpr QByteArrayView kJpegPrefix("Exif\0\0", 6);

QByteArrayView withoutPrefix(QByteArrayView block)
{
    return block.startsWith(kJpegPrefix) ? block.sliced(kJpegPrefix.size()) : block;
}

QByteArrayView exifOfJpeg(QByteArrayView bytes)
{
    JpegMarkerReader reader(bytes);
    while (const auto segment = reader.next()) {
        if (segment->marker == jpegmarker::kApp1 && segment->payload.startsWith(kJpegPrefix))
            return withoutPrefix(segment->payload);
        if (segment->marker == jpegmarker::kSos)
            break; // behind the first scan nobody looks for it
    }
    return {};
}

QByteArrayView exifOfPng(QByteArrayView bytes)
{
    PngChunkReader reader(bytes);
    while (const auto chunk = reader.next()) {
        if (chunk->type == "eXIf")
            return withoutPrefix(chunk->data);
    }
    return {};
}

QByteArrayView exifOfWebP(QByteArrayView bytes)
{
    const auto chunks = webPChunks(bytes);
    if (!chunks || !chunks->startsWith("VP8X"))
        return {}; // the simple format has no place for it
    RiffChunkReader reader(*chunks);
    while (const auto chunk = reader.next()) {
        if (chunk->type == "EXIF")
            return withoutPrefix(chunk->data);
    }
    return {};
}

} // namespace

ExifSummary readExif(QByteArrayView tiff)
{
    const TiffReader reader(tiff);
    ExifSummary summary;
    if (!reader.isValid())
        return summary;
    const quint32 first = reader.firstDirectory();
    const quint32 orientation = reader.number(first, tifftag::kOrientation);
    if (orientation >= 1 && orientation <= 8)
        summary.orientation = int(orientation);
    const quint32 second = reader.directoryAfter(first);
    const qint64 offset = second ? reader.number(second, tifftag::kThumbnailOffset) : 0;
    const qint64 length = second ? reader.number(second, tifftag::kThumbnailLength) : 0;
    if (offset > 0 && length > 0 && offset + length <= tiff.size())
        summary.thumbnail = tiff.sliced(offset, length);
    return summary;
}

QByteArrayView exifBlock(QByteArrayView bytes, Format format)
{
    switch (format) {
    case Format::Jpeg:
        return exifOfJpeg(bytes);
    case Format::Png:
        return exifOfPng(bytes);
    case Format::WebP:
        return exifOfWebP(bytes);
    case Format::Tiff:
        return bytes;
    default:
        return {};
    }
}

QByteArray minimalExif(int orientation)
{
    QByteArray block("MM\0*\0\0\0\x08"            // big-endian, first directory at 8
                     "\0\x01"                     // one entry
                     "\x01\x12\0\x03\0\0\0\x01\0" // orientation, SHORT, one value
                     "?\0\0\0\0\0\0",             // value, padding, no further directory
                     26);
    block[19] = char(orientation);
    return block;
}

} // namespace vitrine::imaging
