// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace vitrine::ui {

/// One picture, fitted. A small one is not blown up beyond its own pixels, except for a preview,
/// which takes the place that the whole picture will take.
class PictureCanvas final : public QWidget
{
    Q_OBJECT

public:
    explicit PictureCanvas(QWidget* parent = nullptr);

    /// \a pixels: of the whole picture; empty if unknown. A null \a picture shows an empty place.
    void setPicture(const QImage& picture, const QSize& pixels, bool frosted);
    const QImage& picture() const { return m_picture; }

Q_SIGNALS:
    void doubleClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    QRectF place() const;
    void paintLock(QPainter& painter) const;

    QImage m_picture;
    QSize m_pixels;
    QPixmap m_scaled; ///< the picture for the current size; null when it has to be made again
    bool m_frosted = false;
};

} // namespace vitrine::ui
