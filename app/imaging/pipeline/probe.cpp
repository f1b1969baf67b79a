// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/probe.h"

#include "app/imaging/pipeline/bmp.h"
#include "app/imaging/pipeline/bytes.h"
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/format.h"
#include "app/imaging/pipeline/heifdecoder.h"
#include "app/imaging/pipeline/jpegmarkers.h"
#include "app/imaging/pipeline/orient.h"
#include "app/imaging/pipeline/pngchunks.h"
#include "app/imaging/pipeline/qtdecoder.h"

#include <QBuffer>

#include <climits>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

tl::unexpected<Error> damagedHeader()
{
    return failure(ErrorKind::DamagedImage, u"a header that is cut off or makes no sense"_s);
}

/// Each of these gives the size as stored; orientation comes on top.
Result<ImageInfo> probeJpeg(QByteArrayView bytes)
{
    JpegMarkerReader reader(bytes);
    while (const auto segment = reader.next()) {
        if (segment->marker == jpegmarker::kSos)
            break;
        if (!isStartOfFrame(segment->marker))
            continue;
        constexpr quint8 bitsRead = 8;
        if (bigEndian<quint8>(segment->payload, 0) != bitsRead)
            return failure(ErrorKind::UnsupportedImage, u"a JPEG of more than 8 bits"_s);
        ImageInfo info;
        info.size =
            QSize(bigEndian<quint16>(segment->payload, 3), bigEndian<quint16>(segment->payload, 1));
        info.isProgressive =
            segment->marker == jpegmarker::kSof2 || segment->marker == jpegmarker::kSof10;
        return info;
    }
    return damagedHeader();
}

Result<ImageInfo> probePng(QByteArrayView bytes)
{
    PngChunkReader reader(bytes);
    const auto header = reader.next();
    if (!header || header->type != "IHDR" || header->data.size() != 13)
        return damagedHeader();
    const auto width = bigEndian<quint32>(header->data, 0);
    const auto height = bigEndian<quint32>(header->data, 4);
    if (width > INT_MAX || height > INT_MAX)
        return damagedHeader();
    ImageInfo info{.format = Format::Png, .size = QSize(int(width), int(height))};
    while (const auto chunk = reader.next()) {
        if (chunk->type == "IDAT")
            break; // acTL has to stand before it
        if (chunk->type != "acTL")
            continue;
        info.frames = int(qBound<quint32>(1, bigEndian<quint32>(chunk->data, 0), INT_MAX));
    }
    info.isAnimated = info.frames > 1;
    return info;
}

Result<ImageInfo> probeBmp(QByteArrayView bytes)
{
    return readBmpLayout(bytes).map([](const BmpLayout& layout) {
        return ImageInfo{.format = Format::Bmp, .size = layout.size};
    });
}

Result<ImageInfo> probeWithQt(QByteArrayView bytes, Format format)
{
    QByteArray copyless = QByteArray::fromRawData(bytes.data(), bytes.size());
    QBuffer buffer(&copyless);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader;
    setUpReader(reader, &buffer, format);
    ImageInfo info{.format = format, .size = reader.size()};
    const bool mayMove = format == Format::Gif || format == Format::WebP;
    if (mayMove && info.size.isValid())
        info.frames = qMax(1, reader.imageCount());
    info.isAnimated = info.frames > 1;
    return info;
}

Result<ImageInfo> probeAs(Format format, QByteArrayView bytes)
{
    switch (format) {
    case Format::Jpeg:
        return probeJpeg(bytes);
    case Format::Png:
        return probePng(bytes);
    case Format::Bmp:
        return probeBmp(bytes);
    case Format::Gif:
    case Format::WebP:
    case Format::Tiff:
        return probeWithQt(bytes, format);
    case Format::Heic:
    case Format::Avif:
        return probeHeif(bytes, format);
    }
    return failure(ErrorKind::UnsupportedImage, mediaType(format));
}

Result<void> checkSize(const ImageInfo& info, qint64 bytes, const Limits& limits)
{
    const QSize size = info.size;
    if (size.width() <= 0 || size.height() <= 0)
        return damagedHeader();
    const QString detail = u"%1×%2"_s.arg(size.width()).arg(size.height());
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels > limits.pixels)
        return failure(ErrorKind::TooManyPixels, detail);
    if (size.width() > limits.side || size.height() > limits.side)
        return failure(ErrorKind::SideTooLong, detail);
    if (pixels > kHarmlessPixels && pixels / bytes > limits.pixelsPerByte)
        return failure(ErrorKind::TooCompressed, detail);
    if (info.frames > limits.frames)
        return failure(ErrorKind::TooManyFrames, u"%1 frames"_s.arg(info.frames));
    return {};
}

} // namespace

Result<ImageInfo> probe(QByteArrayView bytes, const Limits& limits)
{
    if (bytes.isEmpty())
        return failure(ErrorKind::EmptyFile);
    const auto format = sniffFormat(bytes);
    if (!format)
        return failure(format.error());
    if (bytes.size() > limits.bytes)
        return failure(ErrorKind::TooLarge, u"%1 bytes"_s.arg(bytes.size()));
    auto info = probeAs(*format, bytes);
    if (!info)
        return info;
    if (const auto checked = checkSize(*info, bytes.size(), limits); !checked)
        return failure(checked.error());
    info->orientation = readExif(exifBlock(bytes, *format)).orientation;
    info->size = orientedSize(info->size, info->orientation);
    return info;
}

} // namespace vitrine::imaging
