// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/orient.h"

#include <QTransform>

namespace vitrine::imaging {

QImage oriented(const QImage& image, int orientation)
{
    const auto rotated = [&image](int degrees) {
        return image.transformed(QTransform().rotate(degrees));
    };
    switch (orientation) {
    case 2:
        return image.mirrored(true, false);
    case 3:
        return image.mirrored(true, true);
    case 4:
        return image.mirrored(false, true);
    case 5: // mirrored at the main diagonal
        return rotated(90).mirrored(true, false);
    case 6:
        return rotated(90);
    case 7: // mirrored at the other diagonal
        return rotated(90).mirrored(false, true);
    case 8:
        return rotated(270);
    default:
        return image;
    }
}

} // namespace vitrine::imaging
