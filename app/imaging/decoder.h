// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/probe.h"

#include <QImage>

namespace vitrine::imaging {

/// Pixels as the file stores them: not oriented, not converted.
struct Decoded {
    QImage pixels; ///< RGB32 or ARGB32_Premultiplied; colorSpace() is the file's, if it tells one
    bool isDamaged = false; ///< some of it could not be read
};

/// Decodes what probe() let through. The longest side of the result is at least \a minimumSide,
/// or the picture's own if that is less; formats that can be read smaller are.
/// Errors: DamagedImage, UnsupportedImage, TooManyPixels (no memory for them).
Result<Decoded> decode(QByteArrayView bytes, const ImageInfo& info, int minimumSide);

} // namespace vitrine::imaging
