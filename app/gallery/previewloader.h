// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewkey.h"
#include "app/protocol/image.h"

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <functional>

namespace vitrine::api {
class ApiClient;
}
namespace vitrine::imaging {
class PictureReader;
}

namespace vitrine::gallery {

/// Whether the account gets no more of \a image than its blurred picture.
bool isPrivateToUs(const protocol::Image& image);

/// Gets previews for what is on the screen: memory, then disk, then network; decoded on a pool.
/// The view says what it wants, in order; what is no longer wanted is not started. GUI thread.
///
/// An image's pixels never change on the platform, only its words and its privacy do; so a picture
/// that was loaded once stays good until forget().
class PreviewLoader final : public QObject
{
    Q_OBJECT

public:
    /// Finds the image behind an id; nullptr if it is gone.
    using Lookup = std::function<const protocol::Image*(const QString& id)>;

    /// \a client, \a pictures and \a cache must outlive the loader.
    PreviewLoader(api::ApiClient& client, const imaging::PictureReader& pictures,
                  PreviewCache& cache, QObject* parent = nullptr);
    ~PreviewLoader() override;

    void setLookup(Lookup lookup) { m_lookup = std::move(lookup); }

    /// What is wanted now, most urgent first. Replaces what was wanted before.
    void setWanted(QList<PreviewKey> wanted);

    /// The loaded picture (Format_RGB32), or null. Never starts anything.
    QImage picture(const PreviewKey& key) const;

    /// Puts in what this process made itself (the thumbnail of an upload), so that nothing is
    /// fetched for it.
    void seed(const QString& id, const QImage& sharp);

    /// Who sees the image has changed, and what we see has not: on the disk its pictures go where
    /// they belong.
    void followPrivacy(const QString& id);

    /// Forgets an image's pictures, in memory and on disk. What is wanted comes again with goOn().
    void forget(const QString& id);
    /// One of them.
    void forget(const PreviewKey& key);
    /// The images are known anew.
    void goOn() { startNext(); }

    /// What failed to load is tried again: the connection is back.
    void retryFailed();

Q_SIGNALS:
    void ready(const QString& id);
    /// The server no longer honours an address it gave: the listing is too old.
    void addressExpired();
    /// SandboxRefused or DecoderMissing: this machine, not a picture, is in the way.
    void nothingCanBeRead(const vitrine::Error& error);

private:
    void startNext();
    bool isDue(const PreviewKey& key) const;
    void wantAgain(const PreviewKey& key);
    void drop(const PreviewKey& key);
    void takeFromDisk(const QString& id, const QList<PreviewKey>& keys);
    PreviewKey keptAs(const PreviewKey& key) const;
    PreviewCache::Shelf shelfOf(const QString& id) const;
    void readFromDisk(const PreviewKey& key);
    void fetch(const PreviewKey& key);
    void decode(const PreviewKey& key, const PreviewKey& kept, const QByteArray& bytes);
    void finish(const PreviewKey& key, const Result<QImage>& outcome);

    api::ApiClient& m_client;
    const imaging::PictureReader& m_pictures;
    PreviewCache& m_disk;
    Lookup m_lookup;
    QList<PreviewKey> m_asked;                        // as setWanted() was told last
    QList<PreviewKey> m_wanted;                       // what has not begun of it
    QHash<PreviewKey, PreviewCache::Shelf> m_running; // and where their pictures are kept
    QSet<PreviewKey> m_failed;
    QSet<PreviewKey> m_forgotten;  // while running: the result is not to be shown
    QHash<QString, int> m_leaving; // the disk: nothing of these images is read or kept meanwhile
    QCache<PreviewKey, QImage> m_memory;
    QThreadPool m_pool;
    QThreadPool m_writer; // one thread: what is forgotten after it was kept has to be gone
};

} // namespace vitrine::gallery
