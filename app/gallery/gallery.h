// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/gallery/catalog.h"
#include "app/gallery/fullsizeloader.h"
#include "app/gallery/gallerymodel.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewloader.h"

#include <QDateTime>
#include <QObject>

namespace vitrine::gallery {

/// The gallery of one account: read from the disk at once, refreshed by the network behind.
/// GUI thread (or the CLI's main thread).
class Gallery final : public QObject
{
    Q_OBJECT

public:
    /// \a cacheDirectory holds the listing and the previews. \a client and \a clock must outlive it.
    Gallery(api::ApiClient& client, const Clock& clock, const QString& cacheDirectory,
            QObject* parent = nullptr);

    GalleryModel& model() { return m_model; }
    PreviewLoader& previews() { return m_previews; }
    FullSizeLoader& fullSize() { return m_fullSize; }
    Catalog& catalog() { return m_catalog; }

    /// What was here last time, from the disk.
    QFuture<Result<void>> load();
    /// Reads the whole listing from the server. What is here stays until all of it has arrived;
    /// an unreadable answer changes nothing. A refresh under way is joined.
    QFuture<Result<void>> refresh();
    /// When the server's listing was last read; invalid if never.
    QDateTime refreshed() const { return m_refreshed; }
    bool isRefreshing() const { return m_refresh.has_value(); }

    /// What other parts of the program learnt of one image.
    void put(const protocol::Image& image, const QImage& preview = {});
    void drop(const QString& id);

Q_SIGNALS:
    void refreshFinished();

private:
    struct Listing {
        QList<protocol::Image> images;
        QSet<QString> cursors;
    };

    void readPage(Listing listing, const QString& cursor);
    void finishRefresh(const Result<QList<protocol::Image>>& listing);

    api::ApiClient& m_client;
    const Clock& m_clock;
    Catalog m_catalog;
    PreviewCache m_previewCache;
    PreviewLoader m_previews;
    GalleryModel m_model;
    FullSizeLoader m_fullSize;
    std::optional<QPromise<Result<void>>> m_refresh;
    QHash<QString, std::optional<protocol::Image>> m_changedMeanwhile;
    QDateTime m_refreshed;
};

} // namespace vitrine::gallery
