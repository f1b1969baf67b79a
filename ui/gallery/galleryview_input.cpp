// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does to GalleryView: keys, mouse, wheel.
#include "app/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/shownroles.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;

namespace {

constexpr int kWheelStep = 120;     // eighths of a degree, one notch
constexpr int kBandScrollTime = 30; // ms

} // namespace

QModelIndex GalleryView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int last = m_layout.count() - 1;
    const int row = currentIndex().row();
    if (last < 0)
        return {};
    if (row < 0)
        return item(action == MoveEnd ? last : 0);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const int page = std::max(1, viewport()->height() / (m_rowHeight + spacing::Small));
    int target = row;
    switch (action) {
    case MoveLeft:
        target += leftToRight ? -1 : 1;
        break;
    case MoveRight:
        target += leftToRight ? 1 : -1;
        break;
    case MovePrevious:
        --target;
        break;
    case MoveNext:
        ++target;
        break;
    case MoveUp:
        target = m_layout.moved(row, -1);
        break;
    case MoveDown:
        target = m_layout.moved(row, 1);
        break;
    case MovePageUp:
        target = m_layout.moved(row, -page);
        break;
    case MovePageDown:
        target = m_layout.moved(row, page);
        break;
    case MoveHome:
        target = 0;
        break;
    case MoveEnd:
        target = last;
        break;
    }
    return item(std::clamp(target, 0, last));
}

QItemSelection GalleryView::range(const QModelIndex& from, const QModelIndex& to) const
{
    const auto [first, last] = std::minmax({from.row(), to.row()});
    return {item(first), item(last)};
}

void GalleryView::select(const QModelIndex& index, Qt::KeyboardModifiers modifiers, bool byMouse)
{
    const bool add = modifiers.testFlag(Qt::ControlModifier);
    QItemSelectionModel& selection = *selectionModel();
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        if (!m_anchor.isValid())
            m_anchor = currentIndex().isValid() ? currentIndex() : index;
        selection.select(range(m_anchor, index),
                         add ? QItemSelectionModel::Select : QItemSelectionModel::ClearAndSelect);
    } else {
        if (!add)
            selection.select(index, QItemSelectionModel::ClearAndSelect);
        else if (byMouse)
            selection.select(index, QItemSelectionModel::Toggle);
        m_anchor = index;
    }
    selection.setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    viewport()->update();
}

void GalleryView::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags)
{
    const QRect area = QRect(toLayout(rect.topLeft()), toLayout(rect.bottomRight())).normalized();
    const auto candidates = m_layout.itemsBetween(area.top(), area.bottom() + 1);
    QItemSelection selection;
    for (int row = candidates.first; row < candidates.end; ++row) {
        const int first = row; // of neighbours that become one range
        while (row < candidates.end && m_layout.rect(row).intersects(area))
            ++row;
        if (row > first)
            selection.select(item(first), item(row - 1));
    }
    selectionModel()->select(selection, flags);
}

QRegion GalleryView::visualRegionForSelection(const QItemSelection& selection) const
{
    const auto visible =
        m_layout.itemsBetween(verticalOffset(), verticalOffset() + viewport()->height());
    QRegion region;
    for (const QItemSelectionRange& part : selection) {
        const int end = std::min(part.bottom() + 1, visible.end);
        for (int row = std::max(part.top(), visible.first); row < end; ++row)
            region += visualRect(item(row)).marginsAdded(
                {kItemOverhang, kItemOverhang, kItemOverhang, kItemOverhang});
    }
    return region;
}

// --- keys

void GalleryView::keyPressEvent(QKeyEvent* event)
{
    executeDelayedItemsLayout();
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool control = modifiers == Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Space:
        if (control && currentIndex().isValid()) {
            select(currentIndex(), modifiers, true);
            return;
        }
        [[fallthrough]];
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::NoModifier && currentIndex().isValid())
            Q_EMIT opened(currentIndex());
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return control || modifiers == (Qt::ControlModifier | Qt::ShiftModifier) ? zoomIn()
                                                                                 : event->ignore();
    case Qt::Key_Minus:
        return control ? zoomOut() : event->ignore();
    case Qt::Key_0:
        return control ? resetZoom() : event->ignore();
    case Qt::Key_Escape:
        return selectionModel()->hasSelection() ? clearSelection() : event->ignore();
    default:
        break;
    }
    if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (!moveByKey(event))
        event->ignore(); // letters and the like are the window's
}

bool GalleryView::moveByKey(QKeyEvent* event)
{
    CursorAction action;
    switch (event->key()) {
    case Qt::Key_Left:
        action = MoveLeft;
        break;
    case Qt::Key_Right:
        action = MoveRight;
        break;
    case Qt::Key_Up:
        action = MoveUp;
        break;
    case Qt::Key_Down:
        action = MoveDown;
        break;
    case Qt::Key_Home:
        action = MoveHome;
        break;
    case Qt::Key_End:
        action = MoveEnd;
        break;
    case Qt::Key_PageUp:
        action = MovePageUp;
        break;
    case Qt::Key_PageDown:
        action = MovePageDown;
        break;
    default:
        return false;
    }
    const QModelIndex target = moveCursor(action, event->modifiers());
    if (target.isValid()) {
        select(target, event->modifiers(), false);
        scrollTo(target);
    }
    return true;
}

// --- mouse

void GalleryView::mousePressEvent(QMouseEvent* event)
{
    executeDelayedItemsLayout();
    const QPoint point = event->position().toPoint();
    const QModelIndex index = indexAt(point);
    const Qt::KeyboardModifiers modifiers =
        event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    if (event->button() == Qt::RightButton) {
        if (index.isValid() && !selectionModel()->isSelected(index))
            select(index, Qt::NoModifier, true);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    const QItemSelection before =
        modifiers == Qt::NoModifier ? QItemSelection() : selectionModel()->selection();
    m_band = Band{toLayout(point), toLayout(point), before, false};
    if (index.isValid())
        select(index, modifiers, true);
    else if (modifiers == Qt::NoModifier)
        clearSelection();
}

void GalleryView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    if (!event->buttons().testFlag(Qt::LeftButton) || !m_band) {
        setHovered(indexAt(point));
        return;
    }
    const int distance = (toLayout(point) - m_band->start).manhattanLength();
    if (m_band->dragged || distance >= QApplication::startDragDistance())
        dragBand(point);
}

void GalleryView::dragBand(const QPoint& viewportPoint)
{
    m_band->dragged = true;
    m_band->end = toLayout(viewportPoint);
    setHovered({});
    const bool outside = viewportPoint.y() < 0 || viewportPoint.y() >= viewport()->height();
    if (outside && !m_bandTimer.isActive())
        m_bandTimer.start(kBandScrollTime, this);
    else if (!outside)
        m_bandTimer.stop();
    selectInBand();
    viewport()->update();
}

void GalleryView::selectInBand()
{
    selectionModel()->select(m_band->before, QItemSelectionModel::ClearAndSelect);
    const QRect band = QRect(m_band->start, m_band->end).normalized();
    setSelection(toViewport(band), QItemSelectionModel::Select);
}

void GalleryView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_bandTimer.stop();
    m_band.reset();
    viewport()->update();
}

void GalleryView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid())
        Q_EMIT opened(index);
}

void GalleryView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractItemView::wheelEvent(event);
    m_wheelAngle += event->angleDelta().y();
    for (; m_wheelAngle >= kWheelStep; m_wheelAngle -= kWheelStep)
        zoomIn();
    for (; m_wheelAngle <= -kWheelStep; m_wheelAngle += kWheelStep)
        zoomOut();
    event->accept();
}

bool GalleryView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        setHovered({});
    return QAbstractItemView::viewportEvent(event);
}

void GalleryView::setHovered(const QModelIndex& index)
{
    if (m_hovered == index)
        return;
    viewport()->update(visualRect(m_hovered));
    m_hovered = index;
    viewport()->update(visualRect(m_hovered));
}

// --- words

QString GalleryView::accessibleText(const QModelIndex& index) const
{
    QString text = tr("Private image, hidden");
    if (!isFrosted(index)) {
        const QString alt = index.data(Role::AltRole).toString();
        text = alt.isEmpty() ? index.data(Role::NameRole).toString() : alt;
        //: %1 is an image's alt text or name
        text = index.data(Role::IsPrivateRole).toBool() ? tr("%1, private").arg(text) : text;
    }
    const bool isSent = index.data(UnsentRole).value<Unsent>() == Unsent::Nothing;
    //: %1 is what is said of an image otherwise
    return isSent ? text : tr("%1, not yet sent").arg(text);
}

} // namespace vitrine::ui
