// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/decoder.h"

namespace vitrine::imaging {

/// \a image (as Decoded::pixels, scaled since) as opaque sRGB, Format_RGB32: alpha is composited on
/// white, the colours go through \a profile with the intent it asks for. A profile that is broken
/// or does not fit the channels is ignored; ink without one is mixed by the plain formula. Null if
/// there is no memory.
QImage toOpaqueSrgb(const QImage& image, Channels channels, const QByteArray& profile);

} // namespace vitrine::imaging
