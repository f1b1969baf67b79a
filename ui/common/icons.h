// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>

class QPainter;
class QRectF;

namespace vitrine::ui {

/// A line icon from resources/icons, by its file's name without ".svg", in the program's text
/// colour (or \a role), also after the palette has changed. Crisp at every size and pixel ratio.
QIcon icon(const QString& name, QPalette::ColorRole role = QPalette::ButtonText);

/// The same in one colour for ever: for surfaces that do not follow the palette.
QIcon icon(const QString& name, const QColor& color);

/// Paints an icon straight into \a target.
void paintIcon(QPainter& painter, const QString& name, const QRectF& target, const QColor& color);

/// The program's own icon, in colour.
QIcon applicationIcon();

} // namespace vitrine::ui
