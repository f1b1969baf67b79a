// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/qtdecoder.h"

#include "app/imaging/gifblocks.h"

#include <QBuffer>

#include <mutex>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

/// The second line of defence behind Limits, for the whole process: 200 megapixels of 16-bit RGBA.
constexpr int kAllocationLimitMiB = 1600;

QByteArray readerName(Format format)
{
    switch (format) {
    case Format::Png:
        return "png"_ba;
    case Format::Gif:
        return "gif"_ba;
    case Format::WebP:
        return "webp"_ba;
    case Format::Tiff:
        return "tiff"_ba;
    case Format::Bmp:
        return "bmp"_ba;
    default:
        return {};
    }
}

bool isCutGif(QByteArrayView bytes)
{
    GifBlockReader reader(bytes);
    while (reader.next()) {
    }
    return !reader.reachedEnd();
}

/// 32 bits a pixel, premultiplied if there is alpha at all; nothing is composited yet.
void normalizeFormat(QImage& image)
{
    image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied
                                            : QImage::Format_RGB32);
}

} // namespace

void setUpReader(QImageReader& reader, QIODevice* device, Format format)
{
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(kAllocationLimitMiB); });
    reader.setDevice(device);
    reader.setAutoDetectImageFormat(false);
    reader.setFormat(readerName(format));
    reader.setAutoTransform(false);
}

Result<Decoded> decodeWithQt(QByteArrayView bytes, const ImageInfo& info)
{
    QByteArray copyless = QByteArray::fromRawData(bytes.data(), bytes.size());
    QBuffer buffer(&copyless);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader;
    setUpReader(reader, &buffer, info.format);
    if (reader.format().isEmpty())
        return failure(ErrorKind::UnsupportedImage, u"no reader"_s);
    Decoded decoded;
    if (!reader.read(&decoded.pixels) || decoded.pixels.isNull())
        return failure(ErrorKind::DamagedImage, reader.errorString());
    normalizeFormat(decoded.pixels);
    if (decoded.pixels.isNull())
        return failure(ErrorKind::TooManyPixels, u"no memory for the pixels"_s);
    decoded.isDamaged = info.format == Format::Gif && isCutGif(bytes);
    return decoded;
}

} // namespace vitrine::imaging
