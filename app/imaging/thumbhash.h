// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace vitrine::imaging {

/// ThumbHash by Evan Wallace (https://evanw.github.io/thumbhash/): some 25 bytes that give a
/// blurred idea of a picture, aspect ratio included.
/// \a image is scaled down to 100×100 at most first. Empty for a null image.
QByteArray thumbHash(const QImage& image);

/// The picture a hash stands for, at most 32 pixels a side, Format_RGB32; null for bytes that are
/// no hash (hashes come from servers).
QImage imageFromThumbHash(QByteArrayView hash);

} // namespace vitrine::imaging
