// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"

namespace vitrine::imaging {

/// Where things are in a Windows bitmap.
struct BmpLayout {
    QSize size;
    qint64 pixelsEnd = 0; ///< offset behind the last row; at most the size of the file
    bool hasProfile = false;
};

/// Errors: DamagedImage (rows are missing: a reader would show memory that nobody wrote),
/// UnsupportedImage (run-length or other compression).
Result<BmpLayout> readBmpLayout(QByteArrayView bytes);

} // namespace vitrine::imaging
