// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/jpegerrors.h"

#include <QImage>

namespace vitrine::imaging {

/// A baseline JPEG at 1/8, where a pixel is the average of a block: to the bit what libjpeg-turbo
/// makes of it, in three quarters of the time, because what is not shown is passed over.
/// \a jpeg has read the header, out of memory, and is left as it is. Null for all that is not
/// YCbCr in one scan, and wherever anything is wrong: libjpeg knows what to make of that.
QImage blockAverages(const jpeg_decompress_struct& jpeg);

} // namespace vitrine::imaging
