// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/picturecanvas.h"

#include "ui/common/icons.h"
#include "ui/common/painting.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kCanvasLock = 64;
const QColor kEmptyCanvas(0xff17181a);
constexpr double kZoomStep = 1.25;
constexpr double kLargestZoom = 8;

// How far the middle of a view of \a extent pixels may be from the edges of \a whole.
double within(double middle, double whole, double extent)
{
    const double half = std::min(extent, whole) / 2;
    return std::clamp(middle, half, whole - half);
}
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

// --- where it is

// In pixels of the screen at a zoom of 1.
QSizeF PictureCanvas::wholeSize() const
{
    return m_pixels.isEmpty() ? QSizeF(m_picture.size()) : QSizeF(m_pixels);
}

QRectF PictureCanvas::fittedPlace() const
{
    if (!m_pixels.isEmpty())
        return fitted(QSizeF(m_pixels) / devicePixelRatioF(), rect(), 1);
    return fitted(m_picture.isNull() ? QSizeF(3, 2) : QSizeF(m_picture.size()), rect());
}

QRectF PictureCanvas::place() const
{
    if (!m_zoom)
        return fittedPlace();
    const QSizeF size = wholeSize() * *m_zoom / devicePixelRatioF();
    const QPointF middle(within(m_middle.x(), size.width(), width()),
                         within(m_middle.y(), size.height(), height()));
    return {QRectF(rect()).center() - middle, size};
}

double PictureCanvas::zoom() const
{
    return m_picture.isNull() ? 1 : place().width() * devicePixelRatioF() / wholeSize().width();
}

void PictureCanvas::zoomIn()
{
    setZoom(zoom() * kZoomStep, QRectF(rect()).center());
}

void PictureCanvas::zoomOut()
{
    setZoom(zoom() / kZoomStep, QRectF(rect()).center());
}

void PictureCanvas::showActualPixels()
{
    setZoom(1, QRectF(rect()).center());
}

void PictureCanvas::fit()
{
    m_zoom.reset();
    setCursor(Qt::ArrowCursor);
    update();
}

// What is under \a anchor stays there.
void PictureCanvas::setZoom(double zoom, const QPointF& anchor)
{
    if (m_picture.isNull())
        return;
    const double smallest = fittedPlace().width() * devicePixelRatioF() / wholeSize().width();
    const double wanted = std::min(zoom, std::max(kLargestZoom, smallest));
    if (wanted <= smallest)
        return fit();
    const QRectF before = place();
    const double growth = wanted * wholeSize().width() / devicePixelRatioF() / before.width();
    m_middle = (anchor - before.topLeft()) * growth + QRectF(rect()).center() - anchor;
    m_zoom = wanted;
    setCursor(Qt::OpenHandCursor);
    update();
}

void PictureCanvas::scrollBy(const QPointF& distance)
{
    if (!m_zoom)
        return;
    const QRectF now = place(); // kept inside, so that what was beyond the edge is not owed
    m_middle = QRectF(rect()).center() - now.topLeft() + distance;
    update();
}

// --- painting

void PictureCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_picture.isNull())
        return painter.fillRect(place().toRect(), kEmptyCanvas);
    if (m_zoom)
        paintZoomed(painter);
    else
        paintFitted(painter);
    if (m_frosted)
        paintLock(painter);
}

void PictureCanvas::paintFitted(QPainter& painter)
{
    const QRect target = place().toRect();
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(target.size()) * ratio).toSize();
    if (m_scaled.size() != pixels) {
        m_scaled = QPixmap::fromImage(
            m_picture.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        m_scaled.setDevicePixelRatio(ratio);
    }
    painter.drawPixmap(target.topLeft(), m_scaled);
}

// Only what is in sight: the whole picture at this size may be beyond all memory.
void PictureCanvas::paintZoomed(QPainter& painter) const
{
    const QRectF whole = place();
    const QRectF seen = whole & QRectF(rect());
    const double scale = m_picture.width() / whole.width();
    const QRectF source((seen.topLeft() - whole.topLeft()) * scale, seen.size() * scale);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(seen, m_picture, source);
}

void PictureCanvas::paintLock(QPainter& painter) const
{
    QRectF circle(0, 0, kCanvasLock, kCanvasLock);
    circle.moveCenter(place().center());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 255, 255, 215));
    painter.drawEllipse(circle);
    const double inset = kCanvasLock / 4.0;
    paintIcon(painter, u"lock"_s, circle.adjusted(inset, inset, -inset, -inset),
              QColor(0xff1e1f24));
}

// --- input

void PictureCanvas::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT doubleClicked();
}

void PictureCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_zoom)
        return QWidget::mousePressEvent(event);
    m_dragged = event->position();
    setCursor(Qt::ClosedHandCursor);
}

void PictureCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton) || !m_zoom)
        return QWidget::mouseMoveEvent(event);
    scrollBy(m_dragged - event->position());
    m_dragged = event->position();
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    QWidget::mouseReleaseEvent(event);
    if (m_zoom)
        setCursor(Qt::OpenHandCursor);
}

void PictureCanvas::wheelEvent(QWheelEvent* event)
{
    constexpr double kNotch = 120; // eighths of a degree; QWheelEvent::angleDelta()
    if (event->modifiers() & Qt::ControlModifier)
        setZoom(zoom() * std::pow(kZoomStep, event->angleDelta().y() / kNotch), event->position());
    else if (m_zoom)
        scrollBy(-QPointF(event->angleDelta()));
    else
        event->ignore();
}

} // namespace vitrine::ui
