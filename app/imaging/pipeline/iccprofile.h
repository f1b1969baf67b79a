// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/imageinfo.h"

#include <QByteArray>

namespace vitrine::imaging {

/// The ICC profile inside a PNG, WebP or TIFF, still unchecked; empty if there is none. The other
/// formats' decoders read it themselves.
QByteArray embeddedProfile(QByteArrayView bytes, Format format);

} // namespace vitrine::imaging
