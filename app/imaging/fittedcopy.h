// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"

#include <QByteArray>

namespace vitrine::imaging {

/// Quality of a copy that takes the place of the file: hardly to be told from it.
inline constexpr int kCopyQuality = 92;

/// The size to which a picture of \a size has to be scaled down to keep to \a limits; \a size
/// itself if it does.
QSize fittedSize(QSize size, const Limits& limits);

/// A JPEG of the picture that keeps to \a target in pixels and bytes: scaled down where it has to
/// be, upright, sRGB, alpha on white, the first frame of several, without any metadata. The same
/// bytes in give the same bytes out: the source must not change meanwhile. \a readable is what is
/// decoded at all. Errors: as PictureReader::read(); TooLarge if no sensible size is small enough.
/// Waits for pixels; any thread.
Result<QByteArray> fittedCopy(const PictureSource& source, const PictureReader& pictures,
                              const Limits& readable, const Limits& target);

} // namespace vitrine::imaging
