// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/base/clock.h"
#include "app/gallery/catalog.h"
#include "app/gallery/fullsizeloader.h"
#include "app/gallery/gallerymodel.h"
#include "app/gallery/looks.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewloader.h"

#include <QDateTime>
#include <QObject>
#include <QPromise>

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
    void setView(api::View view) { m_view = view; }
    /// What was here last time, from the disk.
    QFuture<Result<void>> load();
    /// Reads the whole listing from the server. What is here stays until all of it has arrived;
    /// an unreadable answer changes nothing. A refresh under way is joined.
    QFuture<Result<void>> refresh();
    /// Takes an image out of sight that may come back: its deletion can still be undone.
    void hide(const QString& id);
    /// Shows what hide() took away; nothing if it was dropped since.
    void show(const QString& id);
    /// One more download of this image was counted.
    void count(const QString& id);
    /// When the server's listing was last read; invalid if never.
    QDateTime refreshed() const { return m_refreshed; }
    bool isRefreshing() const { return m_refresh.has_value(); }

    /// What other parts of the program learnt of one image.
    void put(const protocol::Image& image, const QImage& preview = {});
    void drop(const QString& id);

Q_SIGNALS:
    void refreshFinished();

private:
    /// A listing on its way, page by page.
    struct Listing {
        QHash<QString, protocol::Image> images;
        QSet<QString> cursors; ///< those seen: a server that repeats one would never end
        QString next;
    };

    void renewAddresses();
    void learnLook(const QString& id);
    void showListing(QList<protocol::Image> images);
    void readPage(Listing listing);
    void takePage(Listing listing, const protocol::Page& page);
    void takeOver(QList<protocol::Image> images);
    void forgetWhatIsGone(const QList<protocol::Image>& images);
    void finishRefresh(const Result<void>& outcome);

    api::ApiClient& m_client;
    const Clock& m_clock;
    api::View m_view = api::View::Owner;
    Catalog m_catalog;
    Looks m_looks;
    PreviewCache m_previewCache;
    PreviewLoader m_previews;
    GalleryModel m_model;
    FullSizeLoader m_fullSize;
    std::optional<QPromise<Result<void>>> m_refresh; // while one is under way
    // What put() and drop() said while a listing was on its way: newer than what it tells.
    QHash<QString, std::optional<protocol::Image>> m_meanwhile;
    QHash<QString, std::optional<protocol::Image>> m_hidden; // with what is known of it
    QDateTime m_refreshed;
};

} // namespace vitrine::gallery
