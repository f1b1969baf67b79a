// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/gallery/previewkey.h"
#include "app/protocol/image.h"

#include <QFuture>
#include <QImage>
#include <QPersistentModelIndex>
#include <QWidget>

#include <functional>

class QAbstractItemModel;
class QLabel;

namespace vitrine::ui {

class ElidedLabel;
class FilmStrip;
class PictureCanvas;
class ViewerBar;

/// One picture, as large as the window: the preview at once, the full size as soon as it is here.
/// Left and Right go through \a model (with the roles of gallery::GalleryModel), Esc goes back.
class Viewer final : public QWidget
{
    Q_OBJECT

public:
    /// Gives the picture in full size; gallery::FullSizeLoader::load() in the program. The future
    /// finishes on this thread; it is cancelled when the person goes on.
    using Load = std::function<QFuture<Result<QImage>>(const protocol::Image& image)>;

    explicit Viewer(Load load, QWidget* parent = nullptr);
    ~Viewer() override;

    /// \a model must outlive the viewer, or setModel(nullptr) come first.
    void setModel(QAbstractItemModel* model);
    void showImage(const QModelIndex& index);
    QModelIndex current() const { return m_current; }
    /// Stops what is loading and lets the pictures go.
    void clear();

    /// Private pictures stay frosted, and their full size is not fetched.
    void setHidePrivate(bool hide);
    /// Why nothing can be changed now; empty: everything can be.
    void setReadOnly(const QString& reason);

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
    void showCurrent();
    void showPreview();
    void loadFullSize();
    void takeFullSize(int generation, const Result<QImage>& picture);
    void modelChanged();
    void togglePrivate();
    void announceWanted();
    bool isFrosted() const;
    QStringList currentIds() const;
    protocol::Image image() const;

    const Load m_load;
    QAbstractItemModel* m_model = nullptr;
    QPersistentModelIndex m_current;
    int m_row = -1;       ///< where the current one was, should it be deleted
    int m_generation = 0; ///< what arrives for an older one is dropped
    QString m_id;         ///< of the current one, to find it again after a reset
    QString m_requested;  ///< id whose full size was asked for
    QString m_fullSizeOf; ///< id of the picture that is shown in full size
    QFuture<Result<QImage>> m_loading;
    QString m_readOnlyReason;
    bool m_hidePrivate = false;
    bool m_asOthers = false;

    ViewerBar* m_bar = nullptr;
    PictureCanvas* m_canvas = nullptr;
    ElidedLabel* m_alt = nullptr;
    QLabel* m_notice = nullptr;
    FilmStrip* m_strip = nullptr;
};

} // namespace vitrine::ui
