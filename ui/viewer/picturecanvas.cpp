// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/picturecanvas.h"

#include "ui/common/icons.h"
#include "ui/common/painting.h"

#include <QPainter>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kLockSide = 64;
const QColor kEmptyPlace(0xff17181a);
} // namespace

PictureCanvas::PictureCanvas(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureCanvas::setPicture(const QImage& picture, const QSize& pixels, bool frosted)
{
    m_picture = picture;
    m_pixels = pixels;
    m_frosted = frosted;
    m_scaled = {};
    update();
}

QRectF PictureCanvas::place() const
{
    const double ratio = devicePixelRatioF();
    if (!m_pixels.isEmpty())
        return fitted(QSizeF(m_pixels) / ratio, rect(), 1);
    return fitted(m_picture.isNull() ? QSizeF(3, 2) : QSizeF(m_picture.size()), rect());
}

void PictureCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect target = place().toRect();
    if (m_picture.isNull()) {
        painter.fillRect(target, kEmptyPlace);
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(target.size()) * ratio).toSize();
    if (m_scaled.size() != pixels) {
        m_scaled = QPixmap::fromImage(
            m_picture.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        m_scaled.setDevicePixelRatio(ratio);
    }
    painter.drawPixmap(target.topLeft(), m_scaled);
    if (m_frosted)
        paintLock(painter);
}

void PictureCanvas::paintLock(QPainter& painter) const
{
    QRectF circle(0, 0, kLockSide, kLockSide);
    circle.moveCenter(place().center());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 255, 255, 215));
    painter.drawEllipse(circle);
    const double inset = kLockSide / 4.0;
    paintIcon(painter, u"lock"_s, circle.adjusted(inset, inset, -inset, -inset),
              QColor(0xff1e1f24));
}

void PictureCanvas::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT doubleClicked();
}

} // namespace vitrine::ui
