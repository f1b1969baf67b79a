// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/filmstrip.h"

#include "app/gallery/gallerymodel.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;

namespace {
constexpr QSize kPicture{84, 60};
constexpr int kBetweenPictures = 6;
constexpr int kEdge = 4; // room for the outline
const QColor kEmptyPlace(0xff26282c);
} // namespace

FilmStrip::FilmStrip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Pictures before and after this one"));
}

void FilmStrip::setCurrent(const QModelIndex& index)
{
    m_current = index;
    update();
}

void FilmStrip::setHidePrivate(bool hide)
{
    m_hidePrivate = hide;
    update();
}

QSize FilmStrip::sizeHint() const
{
    return {kPicture.width(), kPicture.height() + 2 * kEdge};
}

int FilmStrip::visibleCount() const
{
    const int fitting =
        (width() - 2 * kEdge + kBetweenPictures) / (kPicture.width() + kBetweenPictures);
    return std::min(std::max(1, fitting), m_current.model()->rowCount());
}

/// The current one is in the middle, except near the ends.
int FilmStrip::firstVisible() const
{
    const int count = visibleCount();
    return std::clamp(m_current.row() - count / 2, 0, m_current.model()->rowCount() - count);
}

QRect FilmStrip::cell(int position) const
{
    const int x = kEdge + position * (kPicture.width() + kBetweenPictures);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    return {QPoint(leftToRight ? x : width() - x - kPicture.width(), kEdge), kPicture};
}

QImage FilmStrip::pictureOf(const QModelIndex& index) const
{
    const bool frosted = m_hidePrivate && index.data(Role::IsPrivateRole).toBool();
    const auto picture =
        index.data(frosted ? Role::BlurredPreviewRole : Role::SharpPreviewRole).value<QImage>();
    return picture.isNull() ? index.data(Role::PlaceholderRole).value<QImage>() : picture;
}

void FilmStrip::paintEvent(QPaintEvent*)
{
    if (!m_current.isValid())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int first = firstVisible();
    for (int i = 0; i < visibleCount(); ++i) {
        const QModelIndex index = m_current.model()->index(first + i, 0);
        const QRect target = cell(i);
        const QImage picture = pictureOf(index);
        painter.setPen(Qt::NoPen);
        painter.setBrush(kEmptyPlace);
        painter.drawRoundedRect(target, kCornerRadius, kCornerRadius);
        if (!picture.isNull())
            painter.drawPixmap(target.topLeft(),
                               m_tiles.tile(picture, target.size(), devicePixelRatioF()));
        if (index != m_current)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::white, 3));
        painter.drawRoundedRect(QRectF(target).adjusted(-1.5, -1.5, 1.5, 1.5), kCornerRadius + 1.5,
                                kCornerRadius + 1.5);
    }
}

void FilmStrip::mousePressEvent(QMouseEvent* event)
{
    if (!m_current.isValid() || event->button() != Qt::LeftButton)
        return;
    for (int i = 0; i < visibleCount(); ++i) {
        if (cell(i).contains(event->position().toPoint()))
            Q_EMIT clicked(m_current.model()->index(firstVisible() + i, 0));
    }
}

} // namespace vitrine::ui
