// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"

#include <QByteArrayView>

namespace vitrine::imaging {

/// Tells format and size without decoding pixels. Any thread.
/// Errors: EmptyFile, NotAnImage, UnsupportedImage, DamagedImage (a header that is cut),
/// TooLarge, TooManyPixels, SideTooLong, TooManyFrames, TooCompressed.
Result<ImageInfo> probe(QByteArrayView bytes, const Limits& limits);

} // namespace vitrine::imaging
