// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/gallery/itempainter.h"

#include <QPersistentModelIndex>
#include <QWidget>

namespace vitrine::ui {

/// The neighbours of the picture that is shown, in one line; a click goes there.
class FilmStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit FilmStrip(QWidget* parent = nullptr);

    void setCurrent(const QModelIndex& index);
    void setHidePrivate(bool hide);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

Q_SIGNALS:
    void clicked(const QModelIndex& index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    int visibleCount() const;
    int firstVisible() const;
    QRect cell(int position) const;
    QImage pictureOf(const QModelIndex& index) const;

    QPersistentModelIndex m_current;
    TileCache m_tiles;
    bool m_hidePrivate = false;
};

} // namespace vitrine::ui
