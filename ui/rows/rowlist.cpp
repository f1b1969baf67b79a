// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/rowlist.h"

#include <QApplication>
#include <QEvent>
#include <QScrollBar>

#include <utility>

namespace vitrine::ui {
namespace {

// One row beyond each edge stays alive, so that Tab finds somewhere to go.
constexpr int kRowsBeyondEdge = 1;

const QEvent::Type kLayoutEvent = QEvent::Type(QEvent::registerEventType());

} // namespace

RowList::RowList(QAbstractItemModel& model, int rowHeight, Factory factory, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_rowHeight(rowHeight)
    , m_factory(std::move(factory))
{
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setSingleStep(rowHeight / 3);

    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &RowList::layOutLater);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &RowList::layOutLater);
    connect(&m_model, &QAbstractItemModel::rowsMoved, this, &RowList::layOutLater);
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, &RowList::layOutLater);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &RowList::layOutLater);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &RowList::bindChanged);
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget*, const QWidget* now) { followFocus(now); });
    layOut();
}

RowList::~RowList()
{
    // The rows go after this part of the object; the focus that leaves them is nobody's business.
    disconnect(qApp, nullptr, this, nullptr);
}

RowWidget* RowList::rowWidget(int row) const
{
    const auto found = m_shown.find(row);
    return found == m_shown.end() ? nullptr : found->second;
}

void RowList::scrollToRow(int row)
{
    if (m_isLayoutDue)
        layOut();
    const int top = row * m_rowHeight;
    const int bottom = top + m_rowHeight - viewport()->height();
    const int value = verticalScrollBar()->value();
    if (value > top)
        verticalScrollBar()->setValue(top);
    else if (value < bottom)
        verticalScrollBar()->setValue(bottom);
}

bool RowList::event(QEvent* event)
{
    if (event->type() == kLayoutEvent) {
        if (m_isLayoutDue)
            layOut();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void RowList::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void RowList::scrollContentsBy(int, int)
{
    layOut();
}

void RowList::layOutLater()
{
    // Thousands of rows may arrive one by one: they are laid out once.
    if (std::exchange(m_isLayoutDue, true))
        return;
    QCoreApplication::postEvent(this, new QEvent(kLayoutEvent));
}

void RowList::layOut()
{
    m_isLayoutDue = false;
    updateScrollBar();
    const Range wanted = wantedRows();
    releaseRowsOutside(wanted);
    showRows(wanted);
    chainTabStops();
    if (std::exchange(m_told, wanted) != wanted)
        Q_EMIT shownChanged(wanted.first, wanted.last);
}

void RowList::updateScrollBar()
{
    const QSignalBlocker blocker(verticalScrollBar());
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, qMax(0, contentHeight() - viewport()->height()));
}

RowList::Range RowList::wantedRows() const
{
    const int top = verticalScrollBar()->value();
    const int bottom = top + viewport()->height() - 1;
    return {qMax(0, top / m_rowHeight - kRowsBeyondEdge),
            qMin(m_model.rowCount() - 1, bottom / m_rowHeight + kRowsBeyondEdge)};
}

void RowList::releaseRowsOutside(Range wanted)
{
    std::map<int, RowWidget*> kept;
    for (const auto& [_, widget] : std::exchange(m_shown, {})) {
        const QModelIndex index = widget->index();
        // Where somebody is typing stays, even out of sight.
        const bool hasFocus = widget->isAncestorOf(QApplication::focusWidget());
        if (index.isValid() && (wanted.contains(index.row()) || hasFocus))
            kept.emplace(index.row(), widget);
        else
            release(widget);
    }
    m_shown = std::move(kept);
}

void RowList::showRows(Range wanted)
{
    for (int row = wanted.first; row <= wanted.last; ++row) {
        if (m_shown.contains(row))
            continue;
        RowWidget* widget = takeWidget();
        widget->bind(m_model.index(row, 0));
        m_shown.emplace(row, widget);
    }
    const int scrolled = verticalScrollBar()->value();
    for (const auto& [row, widget] : m_shown) {
        widget->setGeometry(0, row * m_rowHeight - scrolled, viewport()->width(), m_rowHeight);
        widget->setVisible(true);
    }
}

void RowList::bindChanged(const QModelIndex& first, const QModelIndex& last)
{
    for (const auto& [_, widget] : m_shown) {
        const QModelIndex index = widget->index();
        if (index.isValid() && index.row() >= first.row() && index.row() <= last.row())
            widget->bind(index);
    }
}

void RowList::chainTabStops()
{
    QWidget* previous = nullptr;
    for (const auto& [_, widget] : m_shown) {
        for (QWidget* stop : widget->tabStops()) {
            if (previous)
                setTabOrder(previous, stop);
            previous = stop;
        }
    }
}

void RowList::followFocus(const QWidget* now)
{
    for (const auto& [row, widget] : m_shown) {
        if (widget->isAncestorOf(now)) {
            scrollToRow(widget->index().row());
            return;
        }
    }
}

RowWidget* RowList::takeWidget()
{
    if (m_spare.empty())
        return m_factory(viewport());
    RowWidget* widget = m_spare.back();
    m_spare.pop_back();
    return widget;
}

void RowList::release(RowWidget* widget)
{
    widget->setVisible(false);
    m_spare.push_back(widget);
}

} // namespace vitrine::ui
