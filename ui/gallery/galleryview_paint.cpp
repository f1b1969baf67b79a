// SPDX-License-Identifier: GPL-3.0-or-later
// How GalleryView looks: headings, pictures, the rubber band.
#include "app/gallery/gallerymodel.h"
#include "ui/common/formatting.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/shownroles.h"

#include <QPaintEvent>
#include <QPainter>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;

namespace {
constexpr int kFrame = 16; // ms
} // namespace

bool GalleryView::isFrosted(const QModelIndex& index) const
{
    return m_hidePrivate && index.data(Role::IsPrivateRole).toBool();
}

bool GalleryView::isSingleSelection() const
{
    const QItemSelection selection = selectionModel()->selection();
    return selection.size() == 1 && selection.first().height() == 1;
}

ItemLook GalleryView::lookOf(const QModelIndex& index)
{
    ItemLook look;
    look.isPrivate = index.data(Role::IsPrivateRole).toBool();
    look.frosted = isFrosted(index);
    look.picture = index.data(look.frosted ? Role::BlurredPreviewRole : Role::SharpPreviewRole)
                       .value<QImage>();
    look.opacity = m_fades.opacity(index.data(Role::IdRole).toString(), !look.picture.isNull(),
                                   !prefersReducedMotion(*this));
    if (look.opacity < 1)
        look.placeholder = index.data(Role::PlaceholderRole).value<QImage>();
    // A name tells as much as the picture.
    look.name = look.frosted ? tr("Private image") : index.data(Role::NameRole).toString();
    look.mark = markOf(index);
    look.downloads = index.data(Role::DownloadCountRole).toLongLong();
    look.selected = selectionModel()->isSelected(index);
    // Where one picture is selected and has the keyboard, its outline says both.
    look.focused = hasFocus() && index == currentIndex() && !(look.selected && isSingleSelection());
    look.hovered = index == m_hovered;
    look.direction = layoutDirection();
    return look;
}

QString GalleryView::markOf(const QModelIndex& index)
{
    const double progress = index.data(ProgressRole).toDouble();
    switch (index.data(UnsentRole).value<Unsent>()) {
    case Unsent::WaitingUpload:
        return tr("waiting");
    case Unsent::SendingUpload:
        return progress < 0 ? tr("sending") : tr("sending %1 %").arg(int(progress * 100));
    case Unsent::Edit:
        return tr("not yet sent");
    case Unsent::Nothing:
        break;
    }
    return {};
}

void GalleryView::paintEvent(QPaintEvent* event)
{
    executeDelayedItemsLayout();
    QPainter painter(viewport());
    const Colors colors = Colors::of(palette());
    painter.fillRect(event->rect(), colors.canvas);
    if (model() == nullptr)
        return;
    const QRect area = event->rect().adjusted(0, -kItemOverhang, 0, kItemOverhang);
    const int top = area.top() + verticalOffset();
    const int bottom = area.bottom() + 1 + verticalOffset();
    for (const auto& section : m_layout.sections()) {
        if (section.heading.top() >= bottom)
            break;
        if (section.heading.bottom() >= top && !section.heading.isEmpty())
            paintHeading(painter, section);
    }
    const auto range = m_layout.itemsBetween(top, bottom);
    for (int row = range.first; row < range.end; ++row) {
        const QRect rect = toViewport(m_layout.rect(row));
        paintItem(painter, rect, lookOf(item(row)), colors, m_tiles);
    }
    paintBand(painter);
    if (m_fades.isRunning() && !m_fadeTimer.isActive())
        m_fadeTimer.start(kFrame, this);
}

QString GalleryView::headingFor(const QModelIndex& index) const
{
    return humanDay(index.data(Role::UploadedRole).toDateTime().toLocalTime().date());
}

void GalleryView::paintHeading(QPainter& painter, const JustifiedLayout::Section& section) const
{
    const Colors colors = Colors::of(palette());
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const int flags = int(Qt::AlignVCenter | Qt::AlignAbsolute) | Qt::TextSingleLine |
                      int(leftToRight ? Qt::AlignLeft : Qt::AlignRight);
    const QFont large = titleFont(font());
    const QFontMetrics largeMetrics(large);
    const QFontMetrics smallMetrics(font());
    const QString day = headingFor(item(section.first));
    QRect rect = toViewport(section.heading);
    painter.setFont(large);
    painter.setPen(colors.text);
    painter.drawText(rect, flags, day);

    // On the same base line as the day.
    const int used = largeMetrics.horizontalAdvance(day) + spacing::Medium;
    leftToRight ? rect.setLeft(rect.left() + used) : rect.setRight(rect.right() - used);
    const int drop = (largeMetrics.ascent() - largeMetrics.descent() - smallMetrics.ascent() +
                      smallMetrics.descent()) /
                     2;
    painter.setFont(font());
    painter.setPen(colors.muted);
    painter.drawText(rect.translated(0, drop), flags,
                     section.count == 1 ? tr("1 image") : tr("%n images", nullptr, section.count));
}

void GalleryView::paintBand(QPainter& painter) const
{
    if (!m_band || !m_band->dragged)
        return;
    const QColor accent = palette().color(QPalette::Highlight);
    QColor fill = accent;
    fill.setAlphaF(0.15F);
    painter.setPen(accent);
    painter.setBrush(fill);
    const QRect band = QRect(m_band->start, m_band->end).normalized();
    painter.drawRect(toViewport(band).adjusted(0, 0, -1, -1));
}

} // namespace vitrine::ui
