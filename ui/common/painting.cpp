// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/painting.h"

#include <QBrush>
#include <QImage>
#include <QPainter>
#include <QPen>

#include <algorithm>

namespace vitrine::ui {

void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 2));
    painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius + 2, radius + 2);
    painter.restore();
}

void paintCovering(QPainter& painter, const QImage& picture, const QRectF& target, double radius)
{
    if (picture.isNull() || target.isEmpty())
        return;
    const double scale =
        std::max(target.width() / picture.width(), target.height() / picture.height());
    QTransform placing;
    placing.translate(target.center().x() - picture.width() * scale / 2,
                      target.center().y() - picture.height() * scale / 2);
    placing.scale(scale, scale);
    QBrush brush(picture);
    brush.setTransform(placing);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawRoundedRect(target, radius, radius);
    painter.restore();
}

QRectF fitted(const QSizeF& size, const QRectF& bounds, double maximumScale)
{
    if (size.isEmpty() || bounds.isEmpty())
        return {bounds.center(), QSizeF()};
    const double scale =
        std::min({bounds.width() / size.width(), bounds.height() / size.height(), maximumScale});
    QRectF result({}, size * scale);
    result.moveCenter(bounds.center());
    return result;
}

} // namespace vitrine::ui
