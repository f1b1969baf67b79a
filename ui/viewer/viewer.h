// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/previewkey.h"
#include "app/protocol/image.h"
#include "ui/common/abilities.h"
#include "ui/viewer/fullsize.h"

#include <QPersistentModelIndex>
#include <QWidget>

class QAbstractItemModel;
class QLabel;

namespace vitrine::ui {

class ElidedLabel;
class FilmStrip;
class PictureCanvas;
class ViewerBar;

/// One picture, as large as the window: the preview at once, the full size as soon as it is here.
/// Left and Right go through \a model (with the roles of gallery::GalleryModel), Esc goes back. Of
/// a picture that is zoomed in the arrows move what is in sight.
class Viewer final : public QWidget
{
    Q_OBJECT

public:
    /// \a load gives a picture in full size: gallery::FullSizeLoader::load() in the program.
    explicit Viewer(FullSize::Load load, QWidget* parent = nullptr);
    ~Viewer() override;

    /// \a model must outlive the viewer, or setModel(nullptr) come first.
    void setModel(QAbstractItemModel* model);
    void showImage(const QModelIndex& index);
    QModelIndex current() const { return m_current; }
    /// Whether the full size has taken the preview's place.
    bool showsFullSize() const { return m_current.isValid() && m_fullSizeOf == m_id; }
    /// Stops what is loading and lets the pictures go.
    void clear();

    /// Private pictures stay frosted, and their full size is not fetched.
    void setHidePrivate(bool hide);
    void setAbilities(const Abilities& abilities);

public Q_SLOTS:
    void showNext();
    void showPrevious();
    /// As everybody else sees it; O.
    void setAsOthers(bool asOthers);

Q_SIGNALS:
    void closed();
    void currentChanged(const QModelIndex& index);
    void privacyToggled(const QStringList& ids, bool isPrivate);
    void downloadRequested(const QStringList& ids);
    void originalRequested(const QStringList& ids);
    void deleteRequested(const QStringList& ids);
    /// E: the alt text is edited in the details.
    void altEditRequested();
    void infoRequested();
    /// As GalleryView::wantedChanged().
    void wantedChanged(const QList<vitrine::gallery::PreviewKey>& wanted);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connectBar();
    void go(int step);
    bool zoomBy(const QKeyEvent& event);
    bool moveBy(const QKeyEvent& event);
    void showCurrent();
    void showPreview();
    void showFullSize(const QImage& picture);
    void modelChanged();
    void togglePrivate();
    void announceWanted();
    bool isFrosted() const;
    Abilities abilities() const;
    QStringList currentIds() const;
    protocol::Image image() const;

    FullSize* const m_fullSize;
    QAbstractItemModel* m_model = nullptr;
    QPersistentModelIndex m_current;
    int m_row = -1;       ///< where the current one was, should it be deleted
    QString m_id;         ///< of the current one, to find it again after a reset
    QString m_fullSizeOf; ///< id of the picture that is shown in full size
    Abilities m_abilities;
    bool m_hidePrivate = false;
    bool m_asOthers = false;

    ViewerBar* m_bar = nullptr;
    PictureCanvas* m_canvas = nullptr;
    ElidedLabel* m_alt = nullptr;
    QLabel* m_notice = nullptr;
    FilmStrip* m_strip = nullptr;
};

} // namespace vitrine::ui
