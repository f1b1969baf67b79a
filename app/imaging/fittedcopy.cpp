// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/fittedcopy.h"

#include "app/imaging/variants.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr int kMostAttempts = 8;
constexpr double kMargin = 0.95; ///< of the side: bytes do not shrink quite as pixels do

int longestSide(QSize size)
{
    return std::max({size.width(), size.height(), 1});
}

/// The side at which a picture whose JPEG has \a bytes would have no more than \a limit.
int sideFor(QSize size, qsizetype bytes, qint64 limit)
{
    const double ratio = double(limit) / double(bytes);
    return int(longestSide(size) * std::sqrt(ratio) * kMargin);
}

} // namespace

QSize fittedSize(QSize size, const Limits& limits)
{
    if (size.isEmpty())
        return size;
    const double bySide = double(limits.side) / longestSide(size);
    const double byPixels =
        std::sqrt(double(limits.pixels) / (double(size.width()) * size.height()));
    const double scale = std::min(bySide, byPixels);
    if (scale >= 1)
        return size;
    return {std::max(1, int(size.width() * scale)), std::max(1, int(size.height() * scale))};
}

Result<QByteArray> fittedCopy(const PictureSource& source, const PictureReader& pictures,
                              const Limits& readable, const Limits& target)
{
    const auto probed = pictures.read(source, {.limits = readable});
    if (!probed)
        return failure(probed.error());
    int side = longestSide(fittedSize(probed->info.size, target));
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        const auto found = pictures.read(source, {.limits = readable, .fitSide = side});
        if (!found)
            return failure(found.error());
        QByteArray copy = encodeJpeg(found->fitted, kCopyQuality);
        if (copy.isEmpty())
            return failure(ErrorKind::TooManyPixels, u"no memory for the copy"_s);
        if (copy.size() <= target.bytes)
            return copy;
        side = sideFor(found->fitted.size(), copy.size(), target.bytes);
        if (side < kPreviewSide)
            break; // that would be a thumbnail
    }
    return failure(ErrorKind::TooLarge, u"no copy is small enough"_s);
}

} // namespace vitrine::imaging
