// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <libheif/heif.h>

namespace vitrine::imaging {

/// The ICC profile of a picture in a HEIC or AVIF file, or one made from the code points for
/// primaries and transfer (ITU-T H.273) that it has instead; empty for what is as good as sRGB.
QByteArray heifProfile(const heif_image_handle* picture);

} // namespace vitrine::imaging
