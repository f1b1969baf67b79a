// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/dropoverlay.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QPainter>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kInset = 16;
constexpr double kRadius = 16;
constexpr int kDropIcon = 64;

QPen dashedPen(const QColor& color)
{
    QPen pen(color, 2);
    pen.setDashPattern({5, 4});
    return pen;
}

} // namespace

DropOverlay::DropOverlay(QWidget& window) : QWidget(&window)
{
    window.installEventFilter(this);
    hide();
}

void DropOverlay::light(std::optional<int> count)
{
    if (!count)
        m_text = tr("Drop to share");
    else if (*count == 1)
        m_text = tr("Drop to share 1 image");
    else
        m_text = tr("Drop to share %n images", nullptr, *count);
    setAccessibleName(m_text);
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

bool DropOverlay::eventFilter(QObject* object, QEvent* event)
{
    if (object == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(object, event);
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colors.accentSoft;
    veil.setAlphaF(0.94F);
    painter.fillRect(rect(), veil);
    painter.setPen(dashedPen(colors.accent));
    painter.drawRoundedRect(QRectF(rect()).adjusted(kInset, kInset, -kInset, -kInset), kRadius,
                            kRadius);

    QRectF symbol(0, 0, kDropIcon, kDropIcon);
    symbol.moveCenter(QRectF(rect()).center() - QPointF(0, kDropIcon / 2.));
    paintIcon(painter, u"images"_s, symbol, colors.accentText);
    painter.setFont(titleFont(font()));
    painter.setPen(colors.text);
    painter.drawText(QRectF(0, symbol.bottom() + spacing::Large, width(), kDropIcon),
                     Qt::AlignHCenter | Qt::AlignTop, m_text);
}

} // namespace vitrine::ui
