// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

#include <optional>

namespace vitrine::ui {

/// One picture, fitted: a small one is not blown up beyond its own pixels, except for a preview,
/// which takes the place that the whole picture will take. Or zoomed in, and then moved about by
/// dragging and by the wheel.
class PictureCanvas final : public QWidget
{
    Q_OBJECT

public:
    explicit PictureCanvas(QWidget* parent = nullptr);

    /// \a pixels: of the whole picture; empty if unknown. A null \a picture shows an empty place.
    void setPicture(const QImage& picture, const QSize& pixels, bool frosted);
    const QImage& picture() const { return m_picture; }

    /// By one step, around the middle of what is in sight.
    void zoomIn();
    /// The last step ends at the fitted picture.
    void zoomOut();
    /// One pixel of the whole picture on one of the screen.
    void showActualPixels();
    void fit();
    bool isZoomed() const { return m_zoom.has_value(); }
    /// Pixels of the screen for one of the whole picture.
    double zoom() const;
    /// Moves what is in sight; in logical pixels.
    void scrollBy(const QPointF& distance);

Q_SIGNALS:
    void doubleClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QSizeF wholeSize() const;
    QRectF fittedPlace() const;
    QRectF place() const;
    void setZoom(double zoom, const QPointF& anchor);
    void paintFitted(QPainter& painter);
    void paintZoomed(QPainter& painter) const;
    void paintLock(QPainter& painter) const;

    QImage m_picture;
    QSize m_pixels;
    QPixmap m_scaled; ///< the picture for the current size; null when it has to be made again
    bool m_frosted = false;
    std::optional<double> m_zoom; ///< nothing: fitted
    QPointF m_middle;             ///< of the widget, in logical pixels of the zoomed picture
    QPointF m_dragged;            ///< where the dragging mouse was last
};

} // namespace vitrine::ui
