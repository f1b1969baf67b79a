// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/rows/rowwidget.h"

#include <QAbstractItemModel>
#include <QAbstractScrollArea>

#include <functional>
#include <map>
#include <vector>

namespace vitrine::ui {

/// A list of real widgets, one a row, all of the same height, of which only the visible ones exist:
/// thousands of rows cost as much as a screenful. Tab walks through the rows and scrolls along.
class RowList final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// Makes an unbound row.
    using Factory = std::function<RowWidget*(QWidget* parent)>;

    /// \a model must outlive the list. \a rowHeight in logical pixels.
    RowList(QAbstractItemModel& model, int rowHeight, Factory factory, QWidget* parent = nullptr);
    ~RowList() override;

    void scrollToRow(int row);
    /// The widget of \a row; nullptr while it is out of sight.
    RowWidget* rowWidget(int row) const;
    /// How many row widgets exist at all, in use or waiting for it.
    int widgetCount() const { return int(m_shown.size() + m_spare.size()); }
    /// Height of all rows together, in logical pixels.
    int contentHeight() const { return m_model.rowCount() * m_rowHeight; }

Q_SIGNALS:
    /// Which rows have widgets from now on: the visible ones and one beyond each edge.
    void shownChanged(int first, int last);

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Range {
        int first = 0;
        int last = -1;
        bool contains(int row) const { return row >= first && row <= last; }
        bool operator==(const Range&) const = default;
    };

    void layOutLater();
    void layOut();
    void updateScrollBar();
    Range wantedRows() const;
    void releaseRowsOutside(Range wanted);
    void showRows(Range wanted);
    void bindChanged(const QModelIndex& first, const QModelIndex& last);
    void chainTabStops();
    void followFocus(const QWidget* now);
    RowWidget* takeWidget();
    void release(RowWidget* widget);

    QAbstractItemModel& m_model;
    const int m_rowHeight;
    const Factory m_factory;
    Range m_told; ///< last by shownChanged()
    std::map<int, RowWidget*> m_shown;
    std::vector<RowWidget*> m_spare;
    bool m_isLayoutDue = false;
};

} // namespace vitrine::ui
