// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/colour.h"

#include "app/imaging/pipeline/colourtransform.h"

#include <QPainter>

#include <cstring>

namespace vitrine::imaging {
namespace {

bool isInk(Channels channels)
{
    return channels == Channels::Ink || channels == Channels::InvertedInk;
}

QImage onWhite(const QImage& image)
{
    if (!image.hasAlphaChannel())
        return image;
    QImage opaque(image.size(), image.depth() > 32 ? QImage::Format_RGBX64 : QImage::Format_RGB32);
    opaque.fill(Qt::white);
    QPainter painter(&opaque);
    painter.drawImage(0, 0, image);
    return opaque;
}

/// Without a profile of the press: each ink takes away its light, and black takes away all.
QImage inkToRgb(const QImage& image, bool isInverted)
{
    const auto product = [](int a, int b) { return (a * b + 127) / 255; };
    QImage result(image.size(), QImage::Format_RGB32);
    for (int y = 0; y < result.height(); ++y) {
        const uchar* ink = image.constScanLine(y);
        auto* line = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < result.width(); ++x, ink += 4) {
            const auto light = [&](int i) { return isInverted ? ink[i] : 255 - ink[i]; };
            const int black = light(3);
            line[x] =
                qRgb(product(light(0), black), product(light(1), black), product(light(2), black));
        }
    }
    return result;
}

} // namespace

QImage toOpaqueSrgb(const QImage& image, Channels channels, const QByteArray& profile)
{
    const QImage opaque = onWhite(image);
    if (opaque.isNull())
        return {};
    if (const ColourTransform* transform = toSrgb(profile, channels, opaque.format()))
        return transform->apply(opaque);
    if (isInk(channels))
        return inkToRgb(opaque, channels == Channels::InvertedInk);
    return opaque.convertToFormat(QImage::Format_RGB32);
}

} // namespace vitrine::imaging
