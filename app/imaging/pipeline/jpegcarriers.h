// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/metadata.h"

#include <QSet>

namespace vitrine::imaging {

/// What a JPEG carries in places that are not EXIF, IPTC or XMP, or carries a second time:
/// application segments of all kinds, thumbnails of JFIF and Photoshop, and what stands behind the
/// end of the picture. See also readMetadata().
QSet<MetadataKind> jpegCarriers(QByteArrayView jpeg);

} // namespace vitrine::imaging
