// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QPersistentModelIndex>
#include <QWidget>

namespace vitrine::ui {

/// One row of a RowList: a real widget that shows now this, now that row of a model.
class RowWidget : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shows \a index from now on. Called again with the same index when its data changed: what a
    /// person is typing there must survive that.
    void bind(const QModelIndex& index)
    {
        const bool isOther = m_index != index;
        m_index = index;
        refresh(isOther);
    }
    QModelIndex index() const { return m_index; }

    /// What the Tab key visits here, in order.
    virtual QList<QWidget*> tabStops() const = 0;

protected:
    /// Brings the widgets up to date with index(); \a isOther: it showed another row before.
    virtual void refresh(bool isOther) = 0;

    /// Icons have their colours drawn in.
    void changeEvent(QEvent* event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::PaletteChange && m_index.isValid())
            refresh(false);
    }

private:
    QPersistentModelIndex m_index;
};

} // namespace vitrine::ui
