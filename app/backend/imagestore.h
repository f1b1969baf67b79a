// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/connections.h"
#include "app/backend/contentfiles.h"
#include "app/base/clock.h"
#include "app/protocol/image.h"

#include <array>
#include <functional>
#include <mutex>
#include <variant>

namespace vitrine::backend {

/// An image as the store knows it: nothing hidden, no address.
struct StoredImage {
    qint64 sequence = 0;   ///< its place in the listing; grows
    protocol::Image image; ///< previewUrl is empty
    QByteArray epoch;      ///< goes into its signatures; changes when its privacy does
};

/// What an upload brings besides its bytes.
struct NewImage {
    QString name;
    QString alt;
    bool isPrivate = false;
    QString key; ///< Idempotency-Key; empty if the client sent none
    // Found out from the bytes:
    QString type;
    QSize size;
    QByteArray placeholder;
};

struct StoredPage {
    QList<StoredImage> images;
    QString cursor; ///< empty on the last page
};

/// What became of an Idempotency-Key.
struct Unused {};
struct Deleted {};
using KeyOutcome = std::variant<Unused, StoredImage, Deleted>;

/// The rows and the pictures. What a call says it did is durable. Any thread; every call blocks on
/// the disk. Errors everywhere: Storage, DiskFull, Busy.
class ImageStore
{
public:
    /// Told the id of an image that was edited or removed: after it is durable, before the one who
    /// asked for it is told. Any thread.
    using Changed = std::function<void(const QString& id)>;

    /// Opens a data directory that nobody else serves, and puts right what a crash left.
    /// \a connections and \a clock must outlive the store.
    static Result<std::unique_ptr<ImageStore>> open(const QString& dataDirectory,
                                                    Connections& connections, const Clock& clock,
                                                    Changed changed = {});

    Result<std::unique_ptr<Incoming>> begin() { return m_files.begin(); }
    /// Makes \a incoming an image; whole or not at all. A key that was used already gives what it
    /// was used for, and nothing is added.
    Result<KeyOutcome> add(Incoming& incoming, const NewImage& properties);
    Result<KeyOutcome> outcome(const QString& key);

    struct Totals {
        qint64 images = 0;
        qint64 files = 0; ///< originals; images of the same bytes share one
        qint64 bytes = 0; ///< of the originals
    };
    Result<Totals> totals();

    /// Errors: NotFound.
    Result<StoredImage> find(const QString& id);
    /// Newest first. Errors: InvalidInput (no cursor of ours).
    Result<StoredPage> page(const QString& cursor, int limit);
    /// Whether an image is given out that is private at the very moment of counting.
    enum class Private { Allowed, Refused };
    /// Counts one download, unless it is refused. Errors: NotFound, Forbidden (it is private).
    Result<StoredImage> countDownload(const QString& id, Private access);

    struct Edit {
        StoredImage current;
        bool isConflict = false; ///< nothing was changed: the revision is another
    };
    /// \a revisions: the ones that the client would overwrite; empty: whatever is there.
    /// Errors: NotFound.
    Result<Edit> edit(const QString& id, const QList<qint64>& revisions,
                      const protocol::ImagePatch& patch);
    /// Also succeeds when it is gone already. Keeps nothing of the image.
    Result<void> remove(const QString& id);

    QString path(const StoredImage& stored, Form form) const
    {
        return m_files.path(stored.image.sha256, form);
    }

private:
    ImageStore(const QString& dataDirectory, Connections& connections, const Clock& clock,
               Changed changed);
    void tellChanged(const QString& id) const;
    Result<void> recover();
    std::mutex& changing(const QByteArray& digest);
    Result<KeyOutcome> addRow(const Incoming& incoming, const NewImage& properties);
    Result<void> removeRow(const QString& id);
    void settle(const QByteArray& digest, const QString& note);

    ContentFiles m_files;
    Connections& m_connections;
    const Clock& m_clock;
    const Changed m_changed;
    /// Of one picture, rows and files change together. One mutex for all pictures that share it.
    std::array<std::mutex, 64> m_changing;
};

} // namespace vitrine::backend
