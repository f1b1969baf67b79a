// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/statusrow.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace vitrine::ui {

StatusRow::StatusRow(QWidget* parent)
    : QFrame(parent), m_layout(new QHBoxLayout(this)), m_words(new ElidedLabel(this))
{
    setFixedHeight(kHeight);
    setStyleRole(*m_words, "muted");
    m_words->setElideMode(Qt::ElideRight);
    m_words->setContentsMargins(spacing::Small, 0, spacing::Small, 0);
    m_layout->setContentsMargins(spacing::Small, 1, spacing::Small, 0);
    m_layout->addWidget(m_words, 1);
}

void StatusRow::setWords(const QString& words)
{
    m_words->setText(words);
}

void StatusRow::setEnd(QWidget* widget)
{
    m_layout->addWidget(widget);
}

void StatusRow::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(0, 0, width(), 1, colors.line);
}

} // namespace vitrine::ui
