// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/decoder.h"

namespace vitrine::imaging {

/// As decode(), with libjpeg-turbo: at 1/8, 1/4 or 1/2 where that is enough.
Result<Decoded> decodeJpeg(QByteArrayView bytes, const ImageInfo& info, int minimumSide);

} // namespace vitrine::imaging
