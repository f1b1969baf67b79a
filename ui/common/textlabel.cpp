// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/textlabel.h"

#include <QEvent>
#include <QStyle>

namespace vitrine::ui {

TextLabel::TextLabel(QWidget* parent) : QLabel(parent)
{
    align();
}

TextLabel::TextLabel(const QString& text, QWidget* parent) : QLabel(text, parent)
{
    align();
}

void TextLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LayoutDirectionChange)
        align();
    QLabel::changeEvent(event);
}

void TextLabel::align()
{
    setAlignment(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignAbsolute |
                 Qt::AlignVCenter);
}

} // namespace vitrine::ui
