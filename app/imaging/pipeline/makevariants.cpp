// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/makevariants.h"

#include "app/imaging/perceptualhash.h"
#include "app/imaging/pipeline/colour.h"
#include "app/imaging/pipeline/decoder.h"
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/format.h"
#include "app/imaging/pipeline/jpegdecoder.h"
#include "app/imaging/pipeline/orient.h"
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/resize.h"
#include "app/imaging/pipeline/thumbhashencoder.h"

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr int kPlaceholderSide = 100;
/// Up to this side a picture is decoded at twice its size or more before it is averaged: it looks
/// better and costs little. Above, that would mean to decode everything at full size.
constexpr int kOversampledSide = 1000;

int largestSide(const Wanted& wanted)
{
    if (wanted.highres)
        return kHighresSide;
    if (wanted.preview || wanted.blurred)
        return kPreviewSide;
    return wanted.placeholder || wanted.perceptualHash ? kPlaceholderSide : 0;
}

int decodeSide(int side, Scaling scaling)
{
    return scaling == Scaling::Quality && side <= kOversampledSide ? 2 * side : side;
}

/// What every picture goes through; the expensive steps come when it is small.
Result<QImage> finished(const Decoded& decoded, int side, int orientation)
{
    const QImage small = fitted(decoded.pixels, side);
    const QImage image =
        oriented(toOpaqueSrgb(small, decoded.channels, decoded.profile), orientation);
    if (image.isNull())
        return failure(ErrorKind::TooManyPixels, u"no memory for the pixels"_s);
    return image;
}

Variants derive(const QImage& largest, const Wanted& wanted)
{
    Variants variants;
    const QImage preview = fitted(largest, kPreviewSide);
    if (wanted.highres)
        variants.highres = largest;
    if (wanted.preview)
        variants.preview = preview;
    if (wanted.blurred)
        variants.blurred = blurred(preview);
    if (wanted.placeholder)
        variants.placeholder = thumbHash(preview);
    if (wanted.perceptualHash)
        variants.perceptualHash = perceptualHash(preview);
    return variants;
}

} // namespace

Result<Variants> makeVariants(QByteArrayView bytes, const Wanted& wanted, const Limits& limits)
{
    const auto info = probe(bytes, limits);
    if (!info)
        return failure(info.error());
    const int side = largestSide(wanted);
    if (side == 0)
        return Variants{};
    const auto decoded = decode(bytes, *info, decodeSide(side, wanted.scaling));
    if (!decoded)
        return failure(decoded.error());
    const auto largest = finished(*decoded, side, info->orientation);
    if (!largest)
        return failure(largest.error());
    Variants variants = derive(*largest, wanted);
    variants.isDamaged = decoded->isDamaged;
    return variants;
}

QImage embeddedThumbnail(QByteArrayView bytes)
{
    constexpr Limits thumbnailLimits{.bytes = 1'000'000, .pixels = 4'000'000, .side = 2'000};
    const auto format = sniffFormat(bytes);
    if (!format || *format == Format::Tiff)
        return {};
    const ExifSummary exif = readExif(exifBlock(bytes, *format));
    const auto info = probe(exif.thumbnail, thumbnailLimits);
    if (!info || info->format != Format::Jpeg || info->orientation != 1)
        return {};
    const auto decoded = decodeJpeg(exif.thumbnail, *info, kPreviewSide);
    if (!decoded || decoded->isDamaged)
        return {};
    return finished(*decoded, kPreviewSide, exif.orientation).value_or(QImage());
}

Result<QImage> decodeFitting(QByteArrayView bytes, int maxSide, const Limits& limits)
{
    const auto info = probe(bytes, limits);
    if (!info)
        return failure(info.error());
    const auto decoded = decode(bytes, *info, decodeSide(maxSide, Scaling::Quality));
    if (!decoded)
        return failure(decoded.error());
    if (decoded->isDamaged)
        return failure(ErrorKind::DamagedImage, u"the picture is cut off or broken"_s);
    return finished(*decoded, maxSide, info->orientation);
}

} // namespace vitrine::imaging
