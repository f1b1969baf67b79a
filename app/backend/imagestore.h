// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/connections.h"
#include "app/backend/contentfiles.h"
#include "app/backend/crypto.h"
#include "app/base/clock.h"
#include "app/protocol/image.h"

#include <array>
#include <atomic>
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

    // An image whose variants are made later. It is in the listing, and can be edited and removed,
    // like any other.

    /// As add(), of an original alone.
    Result<KeyOutcome> addWaiting(Incoming& incoming, const NewImage& properties);
    struct Waiting {
        qint64 sequence = 0; ///< grows, but may be given again when the last one is done
        QByteArray digest;
    };
    /// The pictures that wait, the oldest first: \a limit of those with a sequence greater than
    /// \a after; all if it is negative.
    Result<QList<Waiting>> waiting(qint64 after = 0, int limit = -1);
    Result<bool> isWaiting(const QByteArray& digest);
    /// A picture that waits, for its variants to be added; null if it does not wait any more.
    /// Errors: NotFound (its original is gone), PermissionDenied.
    Result<std::unique_ptr<Incoming>> resume(const QByteArray& digest);
    /// One of the images that show the picture; empty if there is none.
    Result<QString> imageOf(const QByteArray& digest);
    /// Ends its waiting. Does nothing if all its images were removed meanwhile.
    Result<void> complete(Incoming& picture, const QByteArray& placeholder);

    struct Totals {
        qint64 images = 0;
        qint64 files = 0;   ///< originals; images of the same bytes share one
        qint64 bytes = 0;   ///< of the originals
        qint64 waiting = 0; ///< files without variants yet
    };
    Result<Totals> totals();

    /// Errors: NotFound.
    Result<StoredImage> find(const QString& id);
    /// Why a file of an image that was found cannot be opened: NotFound if it was removed
    /// meanwhile, else Storage with \a complaint for the log, or why that cannot be told.
    Error whyNotThere(const StoredImage& stored, const QString& complaint);
    /// Stands for all that page() tells: another one after each change, and after each start.
    QByteArray state() const;
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
    /// Where to look for the original, one after the other.
    QStringList originalPlaces(const StoredImage& stored) const
    {
        return m_files.places(stored.image.sha256, Form::Original,
                              stored.image.placeholder.isEmpty());
    }
    /// Where the original of a picture is as long as it waits.
    QString waitingPath(const QByteArray& digest) const { return m_files.waitingPath(digest); }

private:
    static constexpr int kRunBytes = 8;

    ImageStore(const QString& dataDirectory, Connections& connections, const Clock& clock,
               Changed changed);
    /// Whoever was told of a change finds another state.
    template <typename Work>
    auto write(Work&& work)
    {
        auto written = m_connections.write(std::forward<Work>(work));
        ++m_changes;
        return written;
    }
    void tellChanged(const QString& id) const;
    Result<void> recover();
    std::mutex& changing(const QByteArray& digest);
    /// What became of an upload's files: others of the same bytes were there; they wait for their
    /// variants; they are in their place.
    enum class Files { Dropped, Waiting, Placed };
    Result<KeyOutcome> addRow(const Incoming& incoming, const NewImage& properties, Files files);
    Result<bool> isThere(const Incoming& picture);
    Result<bool> hasFile(const QByteArray& digest);
    Result<void> removeRow(const QString& id);
    void settle(const UnderWay::Note& note);

    ContentFiles m_files;
    Connections& m_connections;
    const Clock& m_clock;
    const Changed m_changed;
    const QByteArray m_run = randomBytes(kRunBytes).toHex();
    std::atomic<quint64> m_changes = 0;
    /// Of one picture, rows and files change together. One mutex for all pictures that share it.
    std::array<std::mutex, 64> m_changing;
};

} // namespace vitrine::backend
