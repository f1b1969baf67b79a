// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"
#include "app/imaging/metadata.h"

#include <QByteArrayView>

namespace vitrine::imaging {

/// The same picture without what tells about its owner: pixels bit for bit the same, colours and
/// orientation kept. Of a colour profile stays what anonymousProfile() leaves. JPEG keeps only the
/// markers that make the picture (JFIF, Adobe, ICC, a minimal EXIF with the orientation) and ends
/// at EOI; PNG keeps the critical chunks and those of colour and transparency; WebP and GIF keep
/// frames, colours and timing; TIFF keeps the fields and the pixels of the first page; HEIC and
/// AVIF keep the picture to show, its parts and its alpha channel. Whatever follows the end of the
/// picture goes. The same bytes in give the same bytes out. Errors: DamagedImage; UnsupportedImage
/// where it cannot be told what belongs to the picture (raw files, films, unusual codings, colour
/// profiles that make no sense): convert it. Any thread.
Result<Stripped> stripMetadata(QByteArrayView bytes, Format format);

} // namespace vitrine::imaging
