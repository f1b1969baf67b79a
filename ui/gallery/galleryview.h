// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/previewkey.h"
#include "ui/gallery/fadein.h"
#include "ui/gallery/itempainter.h"
#include "ui/gallery/justifiedlayout.h"
#include "ui/gallery/layoutinput.h"

#include <QAbstractItemView>
#include <QBasicTimer>
#include <QSet>

#include <optional>

namespace vitrine::ui {

/// The pictures, in justified rows under the days they were shared on. Works on any list model with
/// the roles of gallery::GalleryModel. Selecting is as in a file manager: click, Shift, Ctrl,
/// rubber band, arrows. The selection, the current item and the place outlive a reset of the model.
class GalleryView final : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit GalleryView(QWidget* parent = nullptr);
    ~GalleryView() override;

    /// On: private pictures are shown as others see them, frosted. Off: sharp, with a small lock.
    void setHidePrivate(bool hide);
    bool hidesPrivate() const { return m_hidePrivate; }

    /// Headings by local day; for models that are sorted by date.
    void setGroupedByDay(bool grouped);

    /// The height that rows aim at, in device-independent pixels; bounded to a sensible range.
    void setRowHeight(int height);
    int rowHeight() const { return m_rowHeight; }
    static constexpr int kMinimumRowHeight = 96;
    static constexpr int kDefaultRowHeight = 172;
    static constexpr int kMaximumRowHeight = 420;

    void setModel(QAbstractItemModel* model) override;
    QRect visualRect(const QModelIndex& index) const override;
    QModelIndex indexAt(const QPoint& point) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    void reset() override;
    void keyboardSearch(const QString&) override {} // letters are commands here

    /// What a screen reader says of an item.
    QString accessibleText(const QModelIndex& index) const;

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void resetZoom();

Q_SIGNALS:
    /// Space, Enter or a double click.
    void opened(const QModelIndex& index);
    /// What to load now: what is visible first, then by distance. Sent when it changes.
    void wantedChanged(const QList<vitrine::gallery::PreviewKey>& wanted);
    void rowHeightChanged(int height);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex&) const override { return false; }
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                     const QList<int>& roles) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) override;

    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    /// A rubber band, in the layout's coordinates (unmirrored, unscrolled).
    struct Band {
        QPoint start;
        QPoint end;
        QItemSelection before; ///< what was selected and stays so, with Ctrl
        bool dragged = false;
    };
    /// What is remembered over a reset.
    struct Place {
        QSet<QString> selected;
        QString current;
        QString top;
        int topOffset = 0;
    };

    // geometry (galleryview.cpp)
    JustifiedLayout::Metrics metrics() const;
    void takeRowsOut(const QModelIndex& parent, int first, int last);
    void layOutAllSoon();
    void relayout();
    void keepPlace();
    void keepPlaceBy(const QModelIndex& top);
    void rememberForReset();
    void restoreAfterReset();
    QModelIndex item(int row) const;
    QRect mirrored(const QRect& rect) const;
    QPoint toLayout(const QPoint& viewportPoint) const;
    QRect toViewport(const QRect& layoutRect) const;

    // previews (galleryview_wanted.cpp)
    void announceSoon();
    void announceWanted();

    // painting (galleryview_paint.cpp)
    void paintHeading(QPainter& painter, const JustifiedLayout::Section& section) const;
    void paintBand(QPainter& painter) const;
    ItemLook lookOf(const QModelIndex& index);
    static QString markOf(const QModelIndex& index);
    QString headingFor(const QModelIndex& index) const;
    bool isFrosted(const QModelIndex& index) const;
    bool isSingleSelection() const;

    // input (galleryview_input.cpp)
    void select(const QModelIndex& index, Qt::KeyboardModifiers modifiers, bool byMouse);
    QItemSelection range(const QModelIndex& from, const QModelIndex& to) const;
    bool moveByKey(QKeyEvent* event);
    void dragBand(const QPoint& viewportPoint);
    void selectInBand();
    void setHovered(const QModelIndex& index);

    JustifiedLayout m_layout;
    LayoutInput m_input;
    bool m_isInputOld = true; // not only are there more rows behind it
    TileCache m_tiles;
    FadeIn m_fades;
    QList<gallery::PreviewKey> m_wanted;
    QBasicTimer m_wantedTimer;
    QBasicTimer m_fadeTimer;
    QBasicTimer m_bandTimer;

    int m_rowHeight = kDefaultRowHeight;
    int m_wheelAngle = 0;
    bool m_hidePrivate = false;
    bool m_groupedByDay = true;
    QPersistentModelIndex m_hovered;
    QPersistentModelIndex m_anchor; ///< where Shift selects from
    QPersistentModelIndex m_top;    ///< an item at the top, by which the place is kept ...
    int m_topOffset = 0;            ///< ... and how far its top is from the viewport's
    std::optional<Band> m_band;
    std::optional<Place> m_place;
};

} // namespace vitrine::ui
