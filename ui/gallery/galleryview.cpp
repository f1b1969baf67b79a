// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/galleryview.h"

#include "app/gallery/gallerymodel.h"
#include "ui/common/theme.h"
#include "ui/gallery/galleryaccessible.h"

#include <QAccessible>
#include <QEvent>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;

namespace {

constexpr int kZoomPercent = 125;
constexpr int kHeadingAir = 16; // around a heading's text

} // namespace

GalleryView::GalleryView(QWidget* parent) : QAbstractItemView(parent)
{
    installGalleryAccessibility(); // before anything is told of this view
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there: a bar that comes and goes would change the width that decides whether it comes.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setContextMenuPolicy(Qt::CustomContextMenu);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Pictures"));
}

GalleryView::~GalleryView() = default;

void GalleryView::setHidePrivate(bool hide)
{
    if (m_hidePrivate == hide)
        return;
    m_hidePrivate = hide;
    m_fades.clear();
    announceSoon();
    viewport()->update();
}

void GalleryView::setGroupedByDay(bool grouped)
{
    if (m_groupedByDay == grouped)
        return;
    m_groupedByDay = grouped;
    layOutAllSoon();
}

void GalleryView::setRowHeight(int height)
{
    height = std::clamp(height, kMinimumRowHeight, kMaximumRowHeight);
    if (m_rowHeight == height)
        return;
    m_rowHeight = height;
    relayout();
    Q_EMIT rowHeightChanged(height);
}

void GalleryView::zoomIn()
{
    setRowHeight(m_rowHeight * kZoomPercent / 100);
}

void GalleryView::zoomOut()
{
    setRowHeight(m_rowHeight * 100 / kZoomPercent);
}

void GalleryView::resetZoom()
{
    setRowHeight(kDefaultRowHeight);
}

// --- the model

void GalleryView::setModel(QAbstractItemModel* newModel)
{
    if (model() != nullptr)
        disconnect(model(), nullptr, this, nullptr);
    QAbstractItemView::setModel(newModel);
    if (newModel == nullptr)
        return;
    connect(newModel, &QAbstractItemModel::modelAboutToBeReset, this,
            &GalleryView::rememberForReset);
    // After the selection model, which forgets everything on the same signal.
    connect(newModel, &QAbstractItemModel::modelReset, this, &GalleryView::restoreAfterReset);
    const auto layoutLater = [this] { layOutAllSoon(); };
    connect(newModel, &QAbstractItemModel::rowsRemoved, this, &GalleryView::takeRowsOut);
    connect(newModel, &QAbstractItemModel::rowsMoved, this, layoutLater);
    connect(newModel, &QAbstractItemModel::layoutChanged, this, layoutLater);
}

void GalleryView::rememberForReset()
{
    Place place;
    const QModelIndexList selected = selectionModel()->selectedIndexes();
    for (const QModelIndex& index : selected)
        place.selected.insert(index.data(Role::IdRole).toString());
    place.current = currentIndex().data(Role::IdRole).toString();
    place.top = m_top.data(Role::IdRole).toString();
    place.topOffset = m_topOffset;
    m_place = place;
}

void GalleryView::reset()
{
    QAbstractItemView::reset();
    m_hovered = QPersistentModelIndex();
    m_band.reset();
    layOutAllSoon();
}

void GalleryView::restoreAfterReset()
{
    const std::optional<Place> place = std::exchange(m_place, std::nullopt);
    QItemSelection selection;
    for (int row = 0; place && row < model()->rowCount(); ++row) {
        const QModelIndex index = item(row);
        const QString id = index.data(Role::IdRole).toString();
        if (place->selected.contains(id))
            selection.select(index, index);
        if (id == place->current)
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        if (id == place->top) {
            m_top = index;
            m_topOffset = place->topOffset;
        }
    }
    selectionModel()->select(selection, QItemSelectionModel::Select);
    m_anchor = currentIndex();
}

void GalleryView::rowsInserted(const QModelIndex& parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    m_isInputOld |= std::size_t(start) < m_input.aspects.size();
    scheduleDelayedItemsLayout();
}

void GalleryView::rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
    m_band.reset();
    const bool isTopGoing = start <= m_top.row() && m_top.row() <= end;
    if (isTopGoing) // what follows it is at the same place then
        m_top = item(end + 1).isValid() ? item(end + 1) : item(start - 1);
}

// What is left need not be read again: others may delete by the thousand.
void GalleryView::takeRowsOut(const QModelIndex&, int first, int last)
{
    m_isInputOld |= std::size_t(last) >= m_input.aspects.size();
    if (!m_isInputOld)
        m_input.remove(*model(), m_groupedByDay, first, last);
    scheduleDelayedItemsLayout();
}

void GalleryView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                              const QList<int>& roles)
{
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
    const bool sizes = roles.isEmpty() || roles.contains(Role::SizeRole);
    if (sizes && m_input.update(*model(), topLeft.row(), bottomRight.row()))
        scheduleDelayedItemsLayout();
    announceSoon();
    viewport()->update();
}

void GalleryView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QAbstractItemView::currentChanged(current, previous);
    if (!QAccessible::isActive() || !current.isValid() || !hasFocus())
        return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(current.row());
    QAccessible::updateAccessibility(&event);
}

QModelIndex GalleryView::item(int row) const
{
    return model() == nullptr ? QModelIndex() : model()->index(row, 0, rootIndex());
}

// --- geometry

JustifiedLayout::Metrics GalleryView::metrics() const
{
    JustifiedLayout::Metrics metrics;
    metrics.width = viewport()->width();
    metrics.rowHeight = m_rowHeight;
    metrics.gap = spacing::Small;
    metrics.margin = spacing::Large;
    metrics.headingHeight =
        m_groupedByDay ? QFontMetrics(titleFont(font())).height() + kHeadingAir : 0;
    return metrics;
}

void GalleryView::layOutAllSoon()
{
    m_isInputOld = true;
    scheduleDelayedItemsLayout();
}

void GalleryView::doItemsLayout()
{
    if (std::exchange(m_isInputOld, false) || model() == nullptr)
        m_input = LayoutInput::of(model(), m_groupedByDay);
    else // a long listing comes bit by bit
        m_input.append(*model(), m_groupedByDay);
    relayout();
    QAbstractItemView::doItemsLayout();
}

void GalleryView::relayout()
{
    const QPersistentModelIndex top = m_top;
    const int offset = m_topOffset;
    const bool atStart = verticalScrollBar()->value() == 0;
    m_layout.build(m_input.aspects, m_input.sectionStarts, metrics());
    updateGeometries();
    if (top.isValid() && !atStart) {
        verticalScrollBar()->setValue(m_layout.rect(top.row()).top() - offset);
        keepPlaceBy(top); // still: by another one each time the place would drift
    } else {
        keepPlace();
    }
    announceSoon();
    viewport()->update();
}

void GalleryView::keepPlace()
{
    const int offset = verticalOffset();
    const auto visible = m_layout.itemsBetween(offset, offset + viewport()->height());
    keepPlaceBy(visible.first < visible.end ? item(visible.first) : QModelIndex());
}

void GalleryView::keepPlaceBy(const QModelIndex& top)
{
    m_top = top;
    m_topOffset = top.isValid() ? m_layout.rect(top.row()).top() - verticalOffset() : 0;
}

void GalleryView::updateGeometries()
{
    const int page = viewport()->height();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(std::max(1, m_rowHeight / 3));
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() - page));
    QAbstractItemView::updateGeometries();
}

int GalleryView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect GalleryView::mirrored(const QRect& rect) const
{
    if (layoutDirection() == Qt::LeftToRight)
        return rect;
    return {viewport()->width() - rect.x() - rect.width(), rect.y(), rect.width(), rect.height()};
}

QRect GalleryView::toViewport(const QRect& layoutRect) const
{
    return mirrored(layoutRect).translated(0, -verticalOffset());
}

QPoint GalleryView::toLayout(const QPoint& viewportPoint) const
{
    const int x = layoutDirection() == Qt::LeftToRight
                      ? viewportPoint.x()
                      : viewport()->width() - 1 - viewportPoint.x();
    return {x, viewportPoint.y() + verticalOffset()};
}

QRect GalleryView::visualRect(const QModelIndex& index) const
{
    return index.isValid() && index.row() < m_layout.count()
               ? toViewport(m_layout.rect(index.row()))
               : QRect();
}

QModelIndex GalleryView::indexAt(const QPoint& point) const
{
    const int row = m_layout.itemAt(toLayout(point));
    return row < 0 ? QModelIndex() : item(row);
}

void GalleryView::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    executeDelayedItemsLayout();
    const QRect rect = m_layout.rect(index.row());
    if (!index.isValid() || rect.isEmpty())
        return;
    const int top = rect.top() - spacing::Small;
    const int bottom = rect.bottom() + 1 + spacing::Small;
    const int page = viewport()->height();
    int value = verticalOffset();
    if (hint == PositionAtTop || (hint == EnsureVisible && top < value))
        value = index.row() == 0 ? 0 : top;
    else if (hint == PositionAtBottom || (hint == EnsureVisible && bottom > value + page))
        value = std::min(top, bottom - page);
    else if (hint == PositionAtCenter)
        value = rect.center().y() - page / 2;
    verticalScrollBar()->setValue(value);
}

void GalleryView::scrollContentsBy(int, int)
{
    viewport()->update();
    keepPlace();
    if (m_band && m_band->dragged)
        dragBand(viewport()->mapFromGlobal(QCursor::pos()));
    announceSoon();
}

void GalleryView::resizeEvent(QResizeEvent* event)
{
    QAbstractItemView::resizeEvent(event);
    relayout();
}

void GalleryView::showEvent(QShowEvent* event)
{
    QAbstractItemView::showEvent(event);
    announceSoon();
}

void GalleryView::changeEvent(QEvent* event)
{
    QAbstractItemView::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::LayoutDirectionChange:
        relayout();
        break;
    default:
        break;
    }
}

void GalleryView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_wantedTimer.timerId()) {
        m_wantedTimer.stop();
        executeDelayedItemsLayout();
        announceWanted();
    } else if (event->timerId() == m_fadeTimer.timerId()) {
        m_fades.finish();
        if (!m_fades.isRunning())
            m_fadeTimer.stop();
        viewport()->update();
    } else if (event->timerId() == m_bandTimer.timerId()) {
        const int y = viewport()->mapFromGlobal(QCursor::pos()).y();
        const int beyond = y < 0 ? y : std::max(0, y - viewport()->height());
        verticalScrollBar()->setValue(verticalOffset() + beyond);
    } else {
        QAbstractItemView::timerEvent(event);
    }
}

} // namespace vitrine::ui
