// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/sidebarentry.h"

#include "ui/common/painting.h"
#include "ui/common/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEntryHeight = 32;
constexpr double kDotRadius = 4.5;

} // namespace

SidebarEntry::SidebarEntry(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SidebarEntry::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    setAccessibleName(u"%1, %2"_s.arg(text(), countText()));
    update();
}

void SidebarEntry::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    setAccessibleName(isCurrent ? tr("%1, shown now").arg(text()) : text());
    update();
}

void SidebarEntry::setDot(const QColor& color, const QString& meaning)
{
    m_dot = color;
    setToolTip(meaning);
    setAccessibleDescription(meaning);
    update();
}

QSize SidebarEntry::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2 * kPadding + 48, kEntryHeight};
}

QString SidebarEntry::countText() const
{
    return m_count ? QLocale().toString(*m_count) : QString();
}

void SidebarEntry::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse()) {
        QColor fill = isChecked() ? colors.accentSoft : colors.line;
        if (!isChecked())
            fill.setAlphaF(0.5F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(rect(), kCornerRadius, kCornerRadius);
    }
    if (hasFocus())
        paintFocusRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2), kCornerRadius,
                       colors.accent);

    QRect line = rect().adjusted(kPadding, 0, -kPadding, 0);
    paintEnd(painter, line, isChecked() ? colors.accentText : colors.muted);
    line = style()->visualRect(
        layoutDirection(), rect(),
        line.adjusted(0, 0, -fontMetrics().horizontalAdvance(countText()) - 8, 0));
    QFont words = font();
    words.setWeight(isChecked() || m_isCurrent ? QFont::DemiBold : QFont::Normal);
    painter.setFont(words);
    painter.setPen(isChecked() ? colors.accentText : colors.text);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeading,
                     QFontMetrics(words).elidedText(text(), Qt::ElideRight, line.width()));
}

void SidebarEntry::paintEnd(QPainter& painter, const QRect& area, const QColor& color) const
{
    if (m_dot.isValid()) {
        const double x = layoutDirection() == Qt::RightToLeft ? area.left() + kDotRadius
                                                              : area.right() + 1 - kDotRadius;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_dot);
        painter.drawEllipse(QPointF(x, height() / 2.), kDotRadius, kDotRadius);
    }
    painter.setPen(color);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignTrailing, countText());
}

void SidebarEntry::enterEvent(QEnterEvent*)
{
    update();
}

void SidebarEntry::leaveEvent(QEvent*)
{
    update();
}

} // namespace vitrine::ui
