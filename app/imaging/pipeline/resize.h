// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace vitrine::imaging {

/// Fits into a square of \a side pixels, scale-down only: by area averaging, or where a large
/// picture becomes a little smaller by bilinear interpolation. \a image has four channels of 8 or
/// 16 bits; so has the result. Null if there is no memory.
QImage fitted(const QImage& image, int side);

} // namespace vitrine::imaging
