// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace vitrine::imaging {

/// Opaque sRGB, Format_RGB32: the colour space is converted, alpha composited on white.
QImage toOpaqueSrgb(QImage image);

} // namespace vitrine::imaging
