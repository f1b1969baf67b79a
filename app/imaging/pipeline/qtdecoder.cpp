// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/qtdecoder.h"

#include "app/imaging/pipeline/gifblocks.h"
#include "app/imaging/pipeline/iccprofile.h"

#include <QBuffer>
#include <QColorSpace>

#include <QRgba64>

#include <algorithm>
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

/// Four channels, premultiplied if there is alpha at all; nothing is composited yet. More than 8
/// bits a channel stay until the colours are converted: in 8 bits a wide gamut would show bands.
QImage::Format workingFormat(const QImage& image)
{
    const bool isDeep = image.depth() > 32 || image.format() == QImage::Format_Grayscale16;
    if (image.hasAlphaChannel())
        return isDeep ? QImage::Format_RGBA64_Premultiplied : QImage::Format_ARGB32_Premultiplied;
    return isDeep ? QImage::Format_RGBX64 : QImage::Format_RGB32;
}

/// Qt 6.4 converts pixels of 16 bits wrongly: it multiplies alpha by itself, too.
void premultiplyDeep(QImage& image)
{
    image.convertTo(QImage::Format_RGBA64);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgba64*>(image.scanLine(y));
        std::transform(line, line + image.width(), line,
                       [](QRgba64 pixel) { return pixel.premultiplied(); });
    }
    image.reinterpretAsFormat(QImage::Format_RGBA64_Premultiplied);
}

void normalizeFormat(QImage& image)
{
    const QImage::Format format = workingFormat(image);
    if (format == QImage::Format_RGBA64_Premultiplied && image.format() != format)
        premultiplyDeep(image);
    else
        image.convertTo(format);
}

bool isGrey(const QImage& image)
{
    return image.format() == QImage::Format_Grayscale8 ||
           image.format() == QImage::Format_Grayscale16;
}

/// The profile as the file holds it, else what Qt made of other hints (the gAMA and cHRM of PNG).
QByteArray profileOf(QByteArrayView bytes, Format format, const QImage& image)
{
    const QByteArray embedded = embeddedProfile(bytes, format);
    return embedded.isEmpty() ? image.colorSpace().iccProfile() : embedded;
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
    decoded.channels = isGrey(decoded.pixels) ? Channels::Grey : Channels::Rgb;
    decoded.profile = profileOf(bytes, info.format, decoded.pixels);
    decoded.pixels.setColorSpace({});
    normalizeFormat(decoded.pixels);
    if (decoded.pixels.isNull())
        return failure(ErrorKind::TooManyPixels, u"no memory for the pixels"_s);
    decoded.isDamaged = info.format == Format::Gif && isCutGif(bytes);
    return decoded;
}

} // namespace vitrine::imaging
