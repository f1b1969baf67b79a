// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/galleryfilter.h"

#include <QFrame>
#include <QTimer>

class QAbstractButton;
class QLineEdit;
class QMenu;
class QPushButton;
class QSlider;
class QToolButton;

namespace vitrine::ui {

/// The window's upper row: share, refresh, search, order, size.
class HeaderBar final : public QFrame
{
    Q_OBJECT

public:
    using Order = gallery::GalleryFilter::Order;

    explicit HeaderBar(QWidget* parent = nullptr);

    void focusSearch();
    void clearSearch();
    void setOrder(Order order);
    void setHidePrivate(bool hide);
    /// \a rowHeight as GalleryView has it.
    void setZoom(int rowHeight);
    /// While the listing is read; the button waits.
    void setRefreshing(bool refreshing);
    /// So many pictures wait on the staging page, which is not in sight: the button leads there.
    void setStaged(int count);

Q_SIGNALS:
    void shareRequested();
    void refreshRequested();
    /// After a pause in typing.
    void searchChanged(const QString& text);
    /// The person goes on to what was found, or has searched enough.
    void searchLeft();
    void orderChosen(vitrine::gallery::GalleryFilter::Order order);
    void hidePrivateToggled(bool hide);
    void zoomChanged(int rowHeight);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void buildOrderMenu();
    void buildZoom();
    void connectSearch();
    void addSearchKeys();
    void search();
    void popUpOrders();

    QPushButton* const m_share;
    QToolButton* const m_refresh;
    QLineEdit* const m_search;
    QToolButton* const m_hidePrivate;
    QPushButton* const m_order;
    QMenu* const m_orders;
    QSlider* const m_zoom;
    QTimer m_typing;
};

} // namespace vitrine::ui
