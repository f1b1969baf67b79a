// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/base/clock.h"
#include "app/gallery/catalog.h"
#include "app/gallery/fullsizeloader.h"
#include "app/gallery/gallerymodel.h"
#include "app/gallery/listingsync.h"
#include "app/gallery/looks.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewloader.h"

#include <QDateTime>
#include <QObject>
#include <QPromise>
#include <QSet>

#include <memory>
#include <optional>

namespace vitrine::gallery {

/// The gallery of one account: read from the disk at once, refreshed by the network behind.
/// GUI thread (or the CLI's main thread).
class Gallery final : public QObject
{
    Q_OBJECT

public:
    /// \a cacheDirectory holds the listing and the previews. \a client, \a pictures and \a clock
    /// must outlive it.
    Gallery(api::ApiClient& client, const imaging::PictureReader& pictures, const Clock& clock,
            const QString& cacheDirectory, QObject* parent = nullptr);

    GalleryModel& model() { return m_model; }
    PreviewLoader& previews() { return m_previews; }
    FullSizeLoader& fullSize() { return m_fullSize; }
    Catalog& catalog() { return m_catalog; }

    /// Through whose eyes refresh() reads; the owner's until this is called.
    void setView(api::View view) { m_sync.setView(view); }
    /// What was here last time, from the disk: the newest images first, so that they can be seen at
    /// once. The future finishes when all are there.
    QFuture<Result<void>> load();
    bool isLoaded() const { return m_isLoaded; }
    /// Reads the server's listing again, page by page, each of which shows at once. What is here
    /// stays until all of it was read; an unreadable answer takes nothing away. A refresh under way
    /// is joined.
    QFuture<Result<void>> refresh();
    /// Takes an image out of sight that may come back: its deletion can still be undone.
    void hide(const QString& id);
    /// Shows what hide() took away; nothing if it was dropped since.
    void show(const QString& id);
    /// One more download of this image was counted.
    void count(const QString& id);
    /// When the server's listing was last read; invalid if never.
    QDateTime refreshed() const { return m_refreshed; }
    bool isRefreshing() const { return m_sync.isRunning(); }

    /// What other parts of the program learnt of one image.
    void put(const protocol::Image& image, const QImage& preview = {});
    void drop(const QString& id);

Q_SIGNALS:
    /// All that was here is listed.
    void loaded();
    /// The server has told of images, or that nothing changed.
    void answered();
    void refreshFinished();

private:
    using Images = Result<QList<protocol::Image>>;

    void renewAddresses();
    void learnLook(const QString& id);
    QFuture<Images> loadRest(const QList<protocol::Image>& newest);
    /// In pieces, between which the window can do what it has to.
    QFuture<Result<void>> addByAndBy(const QList<protocol::Image>& images);
    void addFrom(const QList<protocol::Image>& images, qsizetype first,
                 const std::shared_ptr<QPromise<Result<void>>>& promise);
    void addKnown(QList<protocol::Image> images);
    void take(QList<protocol::Image> images);
    void setAside(QList<protocol::Image>& images);
    void guardPrivacy(const protocol::Image& image);
    const protocol::Image* known(const QString& id) const;
    bool wasPublic(const QString& id) const;
    void merge(const QList<protocol::Image>& images);
    void forget(const QStringList& ids);
    void finishRefresh(bool isGood);

    api::ApiClient& m_client;
    const Clock& m_clock;
    Catalog m_catalog;
    Looks m_looks;
    PreviewCache m_previewCache;
    PreviewLoader m_previews;
    GalleryModel m_model;
    FullSizeLoader m_fullSize;
    ListingSync m_sync;
    QSet<QString> m_dropped; // while the disk is read: what it tells of them is old
    bool m_isLoaded = false;
    QHash<QString, std::optional<protocol::Image>> m_hidden; // with what is known of it
    QDateTime m_refreshed;
};

} // namespace vitrine::gallery
