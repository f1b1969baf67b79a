// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/exif.h"

#include "app/imaging/bytes.h"
#include "app/imaging/jpegmarkers.h"
#include "app/imaging/pngchunks.h"
#include "app/imaging/riffchunks.h"

namespace vitrine::imaging {
namespace {

constexpr QByteArrayView kJpegPrefix("Exif\0\0", 6);
constexpr quint16 kOrientation = 0x0112, kThumbnailOffset = 0x0201, kThumbnailLength = 0x0202;
constexpr quint16 kShort = 3;

/// A TIFF block in either byte order.
class TiffBlock
{
public:
    explicit TiffBlock(QByteArrayView bytes) : m_bytes(bytes), m_isBig(bytes.startsWith("MM")) {}
    template <typename T>
    T at(qsizetype offset) const
    {
        return m_isBig ? bigEndian<T>(m_bytes, offset) : littleEndian<T>(m_bytes, offset);
    }
    bool isValid() const { return (m_isBig || m_bytes.startsWith("II")) && at<quint16>(2) == 42; }
    /// A SHORT or LONG of the directory at \a directory; 0 if it is not there.
    quint32 value(quint32 directory, quint16 tag) const
    {
        const auto count = at<quint16>(directory);
        for (qint64 i = 0, entry = qint64(directory) + 2; i < count; ++i, entry += 12) {
            if (at<quint16>(entry) == tag)
                return at<quint16>(entry + 2) == kShort ? at<quint16>(entry + 8)
                                                        : at<quint32>(entry + 8);
        }
        return 0;
    }
    quint32 directoryAfter(quint32 directory) const
    {
        return at<quint32>(qint64(directory) + 2 + 12 * qint64(at<quint16>(directory)));
    }

private:
    QByteArrayView m_bytes;
    bool m_isBig;
};

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
    const TiffBlock block(tiff);
    ExifSummary summary;
    if (!block.isValid())
        return summary;
    const auto first = block.at<quint32>(4);
    const quint32 orientation = block.value(first, kOrientation);
    if (orientation >= 1 && orientation <= 8)
        summary.orientation = int(orientation);
    const quint32 second = block.directoryAfter(first);
    const qint64 offset = second ? block.value(second, kThumbnailOffset) : 0;
    const qint64 length = second ? block.value(second, kThumbnailLength) : 0;
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
