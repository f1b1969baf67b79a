// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"

#include <QByteArray>
#include <QImage>

namespace vitrine::imaging {

/// What the channels of decoded pixels stand for, as far as an ICC profile has to know.
enum class Channels {
    Rgb,
    Grey, ///< all three the same
    Ink,  ///< cyan, magenta, yellow, black: the four bytes of a pixel in this order, 255 is all
    InvertedInk ///< the same, 255 is none
};

/// Pixels as the file stores them: not oriented, not converted.
struct Decoded {
    /// RGB32 or ARGB32_Premultiplied; of more than 8 bits a channel, RGBX64 or
    /// RGBA64_Premultiplied.
    QImage pixels;
    Channels channels = Channels::Rgb;
    QByteArray profile;     ///< ICC, still unchecked; empty if the file has none
    bool isDamaged = false; ///< some of it could not be read
};

/// Decodes what probe() let through. The longest side of the result is at least \a minimumSide,
/// or the picture's own if that is less; formats that can be read smaller are.
/// Errors: DamagedImage, UnsupportedImage, TooManyPixels (no memory for them).
Result<Decoded> decode(QByteArrayView bytes, const ImageInfo& info, int minimumSide);

} // namespace vitrine::imaging
