// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace vitrine::imaging {

/// Fits into a square of \a side pixels by area averaging, scale-down only. \a image has 32 bits
/// a pixel; its colour space goes along. Null if there is no memory.
QImage fitted(const QImage& image, int side);

} // namespace vitrine::imaging
