// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QSizeF>

class QImage;
class QPainter;
class QPalette;

namespace vitrine::ui {

/// The keyboard's focus around \a rect: two pixels of the highlight, outside of it.
void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const QColor& color);

/// \a picture fills \a target, cut evenly where the shapes differ, with round corners.
void paintCovering(QPainter& painter, const QImage& picture, const QRectF& target, double radius);

/// The largest rectangle of \a size's shape inside of \a bounds, in its middle; never larger than
/// \a size times \a maximumScale.
QRectF fitted(const QSizeF& size, const QRectF& bounds, double maximumScale = 1e6);

} // namespace vitrine::ui
