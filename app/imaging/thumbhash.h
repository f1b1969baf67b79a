// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QImage>

namespace vitrine::imaging {

/// The picture that a ThumbHash stands for: by Evan Wallace (https://evanw.github.io/thumbhash/),
/// some 25 bytes that give a blurred idea of a picture, aspect ratio included. At most 32 pixels a
/// side, Format_RGB32; null for bytes that are no hash (hashes come from servers).
QImage imageFromThumbHash(QByteArrayView hash);

} // namespace vitrine::imaging
