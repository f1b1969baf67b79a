// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/decoder.h"

namespace vitrine::imaging {

/// Size of a HEIC or AVIF as shown. Its orientation is 1: libheif turns the picture as its boxes
/// say, and an EXIF orientation besides does not count in these formats.
/// Errors: DamagedImage, UnsupportedImage, TooManyPixels.
Result<ImageInfo> probeHeif(QByteArrayView bytes, Format format);

/// As decode(), with libheif; always at full size.
Result<Decoded> decodeHeif(QByteArrayView bytes, const ImageInfo& info);

/// Makes libheif find its decoders now. Where they are plug-ins it opens files for that, which a
/// process that gives up the right to has to do before. Once; any thread.
void loadHeifDecoders();

} // namespace vitrine::imaging
