// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>

namespace vitrine::imaging {

/// Whether an EXIF orientation exchanges width and height.
inline bool swapsSides(int orientation)
{
    return orientation >= 5 && orientation <= 8;
}

/// From stored to shown size, and back.
inline QSize orientedSize(QSize size, int orientation)
{
    return swapsSides(orientation) ? size.transposed() : size;
}

/// The picture as it is to be shown. \a orientation is EXIF's, 1 to 8.
QImage oriented(const QImage& image, int orientation);

} // namespace vitrine::imaging
