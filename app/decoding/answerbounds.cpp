// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/answerbounds.h"

#include <algorithm>

namespace vitrine::decoding {
namespace {

using imaging::kHighresSide;
using imaging::kPreviewSide;

constexpr qint64 kBytesPerPixel = 4;
// What a JPEG has besides its pixels, and what a copy may be longer than the picture.
constexpr qint64 kFraming = 64 * 1024;
constexpr qint64 kGrowth = 1024 * 1024;
constexpr qsizetype kLongestPlaceholder = 64; // a ThumbHash has 25 at most

qint64 bytesOf(qint64 pixels)
{
    return pixels * kBytesPerPixel + kFraming;
}

qint64 squareOf(int side)
{
    return bytesOf(qint64(side) * side);
}

bool fits(const QImage& image, bool isOrdered, int side)
{
    return image.isNull() || (isOrdered && std::max(image.width(), image.height()) <= side);
}

bool isPlausible(const imaging::ImageInfo& info)
{
    return !info.size.isEmpty() && info.orientation >= 1 && info.orientation <= 8 &&
           info.frames >= 0;
}

bool areOrdered(const imaging::ReadOrder& order, const imaging::Variants& variants)
{
    const bool asPixels = !order.encodesVariants;
    const auto& wanted = order.variants;
    return fits(variants.preview, wanted.preview && asPixels, kPreviewSide) &&
           fits(variants.blurred, wanted.blurred && asPixels, kPreviewSide) &&
           fits(variants.highres, wanted.highres && asPixels, kHighresSide) &&
           variants.placeholder.size() <= (wanted.placeholder ? kLongestPlaceholder : 0) &&
           (wanted.perceptualHash || !variants.perceptualHash);
}

bool areOrdered(const imaging::ReadOrder& order, const imaging::EncodedVariants& encoded)
{
    const auto& wanted = order.variants;
    const auto fitsInto = [&](const QByteArray& jpeg, bool isWanted, int side) {
        return jpeg.size() <= (isWanted && order.encodesVariants ? squareOf(side) : 0);
    };
    return fitsInto(encoded.preview, wanted.preview, kPreviewSide) &&
           fitsInto(encoded.blurred, wanted.blurred, kPreviewSide) &&
           fitsInto(encoded.highres, wanted.highres, kHighresSide);
}

} // namespace

qint64 mostBytesOf(const Job& job)
{
    const auto& [order, size, isOnTray] = job;
    const auto& wanted = order.variants;
    const qint64 fitted = std::min(qint64(order.fitSide) * order.fitSide, order.limits.pixels);
    return (wanted.preview ? squareOf(kPreviewSide) : 0) +
           (wanted.blurred ? squareOf(kPreviewSide) : 0) +
           (wanted.highres ? squareOf(kHighresSide) : 0) + kLongestPlaceholder +
           (order.fitSide > 0 ? bytesOf(fitted) : 0) +
           (order.embeddedThumbnail ? squareOf(kPreviewSide) : 0) +
           (order.strips ? size + kGrowth : 0) + (order.altText ? size + kGrowth : 0);
}

bool isAnswerTo(const Job& job, const imaging::Findings& findings)
{
    const imaging::ReadOrder& order = job.order;
    return isPlausible(findings.info) && areOrdered(order, findings.variants) &&
           areOrdered(order, findings.encoded) &&
           fits(findings.fitted, order.fitSide > 0, order.fitSide) &&
           fits(findings.embeddedThumbnail, order.embeddedThumbnail, kPreviewSide) &&
           (order.strips || findings.stripped.bytes.isEmpty()) &&
           (order.altText || findings.described.isEmpty());
}

} // namespace vitrine::decoding
