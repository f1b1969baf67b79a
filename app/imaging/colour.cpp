// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/colour.h"

#include <QColorSpace>
#include <QPainter>

namespace vitrine::imaging {

QImage toOpaqueSrgb(QImage image)
{
    if (image.colorSpace().isValid())
        image.convertToColorSpace(QColorSpace::SRgb);
    image.setColorSpace({}); // no profile means sRGB from here on
    if (!image.hasAlphaChannel())
        return image.convertToFormat(QImage::Format_RGB32);
    QImage opaque(image.size(), QImage::Format_RGB32);
    opaque.fill(Qt::white);
    QPainter painter(&opaque);
    painter.drawImage(0, 0, image);
    return opaque;
}

} // namespace vitrine::imaging
