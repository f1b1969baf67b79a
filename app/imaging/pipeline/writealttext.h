// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"

#include <QByteArrayView>

namespace vitrine::imaging {

/// The same file with \a text as its standard alt text (XMP, Iptc4xmpCore:AltTextAccessibility);
/// texts in other languages and everything else stay. An empty \a text takes the standard one out.
/// Pixels are not touched. Errors: UnsupportedImage (GIF, BMP, HEIC and AVIF have no place that can
/// be written), DamagedImage. Any thread.
Result<QByteArray> writeAltText(QByteArrayView bytes, Format format, const QString& text);

} // namespace vitrine::imaging
