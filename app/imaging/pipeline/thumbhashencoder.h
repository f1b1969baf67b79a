// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace vitrine::imaging {

/// The ThumbHash (see thumbhash.h) of a picture, which is scaled down to 100×100 at most first.
/// Empty for a null image.
QByteArray thumbHash(const QImage& image);

} // namespace vitrine::imaging
