// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/headerbar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/gallery/galleryview.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QShortcut>
#include <QSlider>
#include <QToolButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using gallery::GalleryFilter;

namespace {

constexpr int kBarHeight = 52;
constexpr int kSearchWidth = 420;
constexpr int kZoomWidth = 110;
constexpr std::chrono::milliseconds kTypingPause{120};

QToolButton* makeTool(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize(QSize(20, 20));
    setStyleRole(*button, "flat");
    return button;
}

QString orderName(GalleryFilter::Order order)
{
    switch (order) {
    case GalleryFilter::Order::NewestFirst:
        return HeaderBar::tr("Newest first");
    case GalleryFilter::Order::OldestFirst:
        return HeaderBar::tr("Oldest first");
    case GalleryFilter::Order::ByName:
        return HeaderBar::tr("By name");
    case GalleryFilter::Order::MostDownloaded:
        break;
    }
    return HeaderBar::tr("Most downloaded");
}

} // namespace

HeaderBar::HeaderBar(QWidget* parent)
    : QFrame(parent)
    , m_share(new QPushButton(this))
    , m_refresh(makeTool(u"refresh"_s, tr("Refresh the gallery"), this))
    , m_search(new QLineEdit(this))
    , m_hidePrivate(makeTool(u"eye"_s, tr("Frost private images here, too"), this))
    , m_order(new QPushButton(this))
    , m_orders(new QMenu(this))
    , m_zoom(new QSlider(Qt::Horizontal, this))
{
    setFixedHeight(kBarHeight);
    setStyleRole(*m_share, "primary");
    m_share->setIcon(icon(u"plus"_s, QPalette::HighlightedText));
    setStaged(0);
    m_hidePrivate->setCheckable(true);
    buildOrderMenu();
    buildZoom();
    buildLayout();
    connectSearch();
    connect(m_share, &QPushButton::clicked, this, &HeaderBar::shareRequested);
    connect(m_refresh, &QToolButton::clicked, this, &HeaderBar::refreshRequested);
    connect(m_hidePrivate, &QToolButton::toggled, this, [this](bool hide) {
        m_hidePrivate->setIcon(icon(hide ? u"eye-off"_s : u"eye"_s));
        Q_EMIT hidePrivateToggled(hide);
    });
}

void HeaderBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void HeaderBar::clearSearch()
{
    m_search->clear();
}

void HeaderBar::setOrder(Order order)
{
    m_order->setText(orderName(order));
    m_order->setAccessibleName(tr("Order: %1").arg(orderName(order)));
    const QList<QAction*> actions = m_orders->actions();
    for (QAction* action : actions)
        action->setChecked(action->data().toInt() == int(order));
}

void HeaderBar::setHidePrivate(bool hide)
{
    m_hidePrivate->setChecked(hide);
}

void HeaderBar::setZoom(int rowHeight)
{
    const QSignalBlocker blocker(m_zoom);
    m_zoom->setValue(rowHeight);
}

void HeaderBar::setRefreshing(bool refreshing)
{
    m_refresh->setEnabled(!refreshing);
}

void HeaderBar::setStaged(int count)
{
    if (count == 0)
        m_share->setText(tr("Share images"));
    else
        m_share->setText(count == 1 ? tr("Go on with 1 image")
                                    : tr("Go on with %n images", nullptr, count));
}

void HeaderBar::buildLayout()
{
    auto* left = new QHBoxLayout;
    left->setSpacing(spacing::Small);
    left->addWidget(m_share);
    left->addWidget(m_refresh);
    left->addStretch();

    auto* right = new QHBoxLayout;
    right->setSpacing(spacing::Small);
    right->addStretch();
    right->addWidget(m_hidePrivate);
    right->addWidget(m_order);
    right->addSpacing(spacing::Tight);
    right->addWidget(m_zoom);

    // Equal stretches on both sides keep the search in the middle of the window.
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 1);
    row->setSpacing(spacing::Large);
    row->addLayout(left, 1);
    row->addWidget(m_search, 2);
    row->addLayout(right, 1);
}

void HeaderBar::buildOrderMenu()
{
    m_order->setIcon(icon(u"chevron-down"_s));
    m_order->setLayoutDirection(layoutDirection() == Qt::RightToLeft ? Qt::LeftToRight
                                                                     : Qt::RightToLeft);
    auto* group = new QActionGroup(m_orders);
    for (const auto order :
         {Order::NewestFirst, Order::OldestFirst, Order::ByName, Order::MostDownloaded}) {
        QAction* action = m_orders->addAction(orderName(order));
        action->setData(int(order));
        action->setCheckable(true);
        group->addAction(action);
    }
    connect(m_orders, &QMenu::triggered, this, [this](const QAction* action) {
        const auto order = Order(action->data().toInt());
        setOrder(order);
        Q_EMIT orderChosen(order);
    });
    connect(m_order, &QPushButton::clicked, this, &HeaderBar::popUpOrders);
    setOrder(Order::NewestFirst);
}

void HeaderBar::popUpOrders()
{
    const QPoint below = m_order->mapToGlobal(QPoint(0, m_order->height() + spacing::Tight));
    m_orders->popup(below);
}

void HeaderBar::buildZoom()
{
    m_zoom->setRange(GalleryView::kMinimumRowHeight, GalleryView::kMaximumRowHeight);
    m_zoom->setValue(GalleryView::kDefaultRowHeight);
    m_zoom->setSingleStep(12);
    m_zoom->setPageStep(48);
    m_zoom->setFixedWidth(kZoomWidth);
    m_zoom->setFocusPolicy(Qt::TabFocus);
    m_zoom->setToolTip(tr("Size of the pictures"));
    m_zoom->setAccessibleName(tr("Size of the pictures"));
    connect(m_zoom, &QSlider::valueChanged, this, &HeaderBar::zoomChanged);
}

void HeaderBar::connectSearch()
{
    m_search->setPlaceholderText(tr("Search names, alt text, dates…"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(kSearchWidth);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(&m_typing, &QTimer::timeout, this, &HeaderBar::search);
    addSearchKeys();
}

void HeaderBar::addSearchKeys()
{
    const auto goOn = [this] {
        search();
        Q_EMIT searchLeft();
    };
    auto* down = new QShortcut(Qt::Key_Down, m_search, nullptr, nullptr, Qt::WidgetShortcut);
    auto* escape = new QShortcut(Qt::Key_Escape, m_search, nullptr, nullptr, Qt::WidgetShortcut);
    connect(m_search, &QLineEdit::returnPressed, this, goOn);
    connect(down, &QShortcut::activated, this, goOn);
    connect(escape, &QShortcut::activated, this, [this, goOn] {
        if (m_search->text().isEmpty())
            return goOn();
        m_search->clear();
        search();
    });
}

void HeaderBar::search()
{
    m_typing.stop();
    Q_EMIT searchChanged(m_search->text());
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(0, height() - 1, width(), 1, colors.line);
}

void HeaderBar::resizeEvent(QResizeEvent* event)
{
    // A narrow window keeps what cannot be reached otherwise.
    constexpr int roomy = 760;
    m_zoom->setVisible(event->size().width() >= roomy);
    QFrame::resizeEvent(event);
}

} // namespace vitrine::ui
