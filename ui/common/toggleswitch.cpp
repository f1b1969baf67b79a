// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/toggleswitch.h"

#include "ui/common/painting.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QPainter>

namespace vitrine::ui {

namespace {
constexpr QSize kTrack{38, 22};
constexpr int kMargin = 4; // room for the focus ring
constexpr double kGap = 3; // between knob and track
} // namespace

ToggleSwitch::ToggleSwitch(QWidget* parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void ToggleSwitch::setMixed(bool mixed)
{
    if (mixed)
        setChecked(false);
    m_mixed = mixed;
    update();
}

QSize ToggleSwitch::sizeHint() const
{
    return kTrack + QSize(2 * kMargin, 2 * kMargin);
}

void ToggleSwitch::nextCheckState()
{
    const bool next = m_mixed || !isChecked();
    m_mixed = false;
    setChecked(next);
}

void ToggleSwitch::checkStateSet()
{
    m_mixed = false;
}

bool ToggleSwitch::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::HoverEnter:
    case QEvent::HoverLeave:
    case QEvent::LayoutDirectionChange:
        update();
        break;
    default:
        break;
    }
    return QAbstractButton::event(event);
}

/// 0 at the start of the line, 1 at its end.
double ToggleSwitch::knobPosition() const
{
    const double position = m_mixed ? 0.5 : isChecked() ? 1 : 0;
    return layoutDirection() == Qt::RightToLeft ? 1 - position : position;
}

void ToggleSwitch::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QRectF track({}, QSizeF(kTrack));
    track.moveCenter(QRectF(rect()).center());
    const double radius = track.height() / 2;
    const double side = track.height() - 2 * kGap;
    const QRectF knob(track.left() + kGap + knobPosition() * (track.width() - 2 * kGap - side),
                      track.top() + kGap, side, side);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(isEnabled() ? 1 : 0.4);
    painter.setPen(Qt::NoPen);
    QColor color = isChecked() ? colors.accent : colors.muted;
    if (underMouse() && isEnabled())
        color = isDark(palette()) ? color.lighter(112) : color.darker(112);
    painter.setBrush(color);
    painter.drawRoundedRect(track, radius, radius);
    painter.setBrush(isChecked() ? colors.onAccent : colors.canvas);
    painter.drawEllipse(knob);
    if (hasFocus())
        paintFocusRing(painter, track.adjusted(-1, -1, 1, 1), radius, colors.accent);
}

} // namespace vitrine::ui
