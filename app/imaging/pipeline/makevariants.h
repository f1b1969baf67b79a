// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"
#include "app/imaging/variants.h"

#include <QByteArrayView>

namespace vitrine::imaging {

/// Decodes once and makes what is wanted: orientation applied, ICC profile converted to sRGB, alpha
/// composited on white. CPU-bound; any thread, one image per thread.
/// Errors: as probe(), and DamagedImage when nothing could be decoded.
Result<Variants> makeVariants(QByteArrayView bytes, const Wanted& wanted, const Limits& limits);

/// The thumbnail inside the file's EXIF, oriented as shown; null if there is none. It may be stale:
/// good for the first 100 ms, not for the truth.
QImage embeddedThumbnail(QByteArrayView bytes);

/// As the platform blurs a private image's preview. Same size; Format_RGB32.
QImage blurred(const QImage& preview);

/// Decodes a preview or highres that a server sent (untrusted bytes), not larger than \a maxSide.
/// Errors: as makeVariants(); data that is cut off or broken is DamagedImage here, because what a
/// server sent can be asked for again.
Result<QImage> decodeFitting(QByteArrayView bytes, int maxSide, const Limits& limits);

} // namespace vitrine::imaging
