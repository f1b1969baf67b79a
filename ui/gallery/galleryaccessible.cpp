// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/galleryaccessible.h"

#include "ui/gallery/galleryview.h"

#include <QAccessibleWidget>

namespace vitrine::ui {

namespace {

/// One picture.
class ItemInterface final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    ItemInterface(GalleryView& view, const QModelIndex& index) : m_view(view), m_index(index) {}

    bool isValid() const override { return m_index.isValid(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view.window()->windowHandle(); }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(&m_view);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    int row() const { return m_index.row(); }

    QString text(QAccessible::Text text) const override
    {
        return text == QAccessible::Name ? m_view.accessibleText(m_index) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        const QRect inside = m_view.visualRect(m_index);
        return {m_view.viewport()->mapToGlobal(inside.topLeft()), inside.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.multiSelectable = true;
        state.focusable = true;
        state.selected = m_view.selectionModel()->isSelected(m_index);
        state.focused = m_view.hasFocus() && m_view.currentIndex() == m_index;
        state.offscreen = !m_view.viewport()->rect().intersects(m_view.visualRect(m_index));
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override
    {
        if (action == pressAction())
            Q_EMIT m_view.opened(m_index);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    GalleryView& m_view;
    QPersistentModelIndex m_index;
};

/// The list. Its items are made when somebody asks for them; one whose row has moved is made anew.
class ListInterface final : public QAccessibleWidget
{
public:
    explicit ListInterface(GalleryView& view)
        : QAccessibleWidget(&view, QAccessible::List), m_view(view)
    {}
    ~ListInterface() override { dropItems(); }

    int childCount() const override
    {
        return m_view.model() == nullptr ? 0 : m_view.model()->rowCount();
    }
    QAccessibleInterface* child(int row) const override
    {
        if (row < 0 || row >= childCount())
            return nullptr;
        const auto known = m_items.constFind(row);
        QAccessibleInterface* item =
            known == m_items.constEnd() ? nullptr : QAccessible::accessibleInterface(*known);
        const QModelIndex index = m_view.model()->index(row, 0);
        if (item != nullptr && static_cast<ItemInterface*>(item)->row() == row)
            return item;
        if (item != nullptr)
            QAccessible::deleteAccessibleInterface(*known);
        item = new ItemInterface(m_view, index); // owned by Qt's cache from here on
        m_items.insert(row, QAccessible::registerAccessibleInterface(item));
        return item;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        return child != nullptr && child->role() == QAccessible::ListItem
                   ? static_cast<const ItemInterface*>(child)->row()
                   : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(m_view.indexAt(m_view.viewport()->mapFromGlobal(QPoint(x, y))).row());
    }
    QAccessibleInterface* focusChild() const override
    {
        return m_view.hasFocus() ? child(m_view.currentIndex().row()) : nullptr;
    }

private:
    void dropItems()
    {
        for (const QAccessible::Id id : std::as_const(m_items))
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

    GalleryView& m_view;
    mutable QHash<int, QAccessible::Id> m_items;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<GalleryView*>(object);
    return view == nullptr ? nullptr : new ListInterface(*view);
}

} // namespace

void installGalleryAccessibility()
{
    QAccessible::installFactory(makeInterface); // the same one twice is once
}

} // namespace vitrine::ui
