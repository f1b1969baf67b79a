// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"

namespace vitrine::imaging {

/// Which format the first bytes are of; names and endings are never asked.
/// Errors: NotAnImage, UnsupportedImage (an image format known by sight only).
Result<Format> sniffFormat(QByteArrayView bytes);

} // namespace vitrine::imaging
