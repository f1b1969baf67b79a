// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"
#include "app/storage/databasethread.h"

#include <QDateTime>
#include <QFuture>
#include <QHash>
#include <QImage>

#include <optional>

namespace vitrine::gallery {

/// By which a picture is known again: what it looks like, or what its original's bytes are.
struct Fingerprint {
    QString id;
    QString name;
    QByteArray sha256;               ///< of the original, raw; empty if unknown
    std::optional<quint64> likeness; ///< perceptual hash of its sharp preview
};

/// The listing of one account as it was last seen, in SQLite. Preview addresses of the account's
/// own server are kept without scheme, host and port: the embedded backend has a new port each run.
/// Any thread; futures finish on the database's thread: use whenDone().
class Catalog
{
public:
    /// One reading of the whole listing, page by page, which a later run goes on with. What no page
    /// of it told of is gone when it is through: in whatever order a server lists. Several
    /// processes may read at the same time, each in a pass of its own.
    struct Pass {
        qint64 number = 0; ///< allotted by beginPass(): later ones have higher numbers
        int view = 0;      ///< through whose eyes: an api::View
        QString next;      ///< cursor of the page that comes next; empty: the first one
        QDateTime started; ///< invalid while none is under way
    };

    struct Listing {
        QList<protocol::Image> images; ///< newest first
        QDateTime refreshed;           ///< when the server was last asked; invalid if never
        Pass pass;                     ///< under way, or the last one
        QByteArray etag;               ///< of the listing as the last pass read it; may be empty
    };

    /// \a path is the database file; it and its directory are made when first needed.
    explicit Catalog(const QString& path);

    static constexpr int kAll = -1;

    /// Of the images the newest \a count. Addresses are resolved against \a server.
    QFuture<Result<Listing>> load(const QUrl& server, int count = kAll);
    /// All that come after \a last of load().
    QFuture<Result<QList<protocol::Image>>> loadRest(const QUrl& server,
                                                     const protocol::Image& last);

    /// Gives the new pass's number, which no other process has.
    QFuture<Result<qint64>> beginPass(int view, const QDateTime& started);
    /// Nobody goes on with it.
    QFuture<Result<void>> abandonPass(const Pass& pass);
    /// Keeps a page, and that \a pass goes on behind it. Gives how many of \a images the pass had
    /// not come upon before; those of a later pass count, for there it cannot tell.
    QFuture<Result<int>> keepPage(const QList<protocol::Image>& images, const QUrl& server,
                                  const Pass& pass);
    /// Removes what neither \a pass nor a later one came upon; gives the ids. \a etag is of what it
    /// read.
    QFuture<Result<QStringList>> finishPass(const Pass& pass, const QDateTime& refreshed,
                                            const QByteArray& etag);
    /// The server says that nothing has changed.
    QFuture<Result<void>> confirm(const QDateTime& refreshed);

    /// Counts as come upon by the pass that began last.
    QFuture<Result<void>> put(const protocol::Image& image, const QUrl& server);
    QFuture<Result<void>> drop(const QString& id);

    /// The newest image whose original has these bytes; an empty id if there is none.
    QFuture<Result<QString>> findByHash(const QByteArray& sha256);

    /// Keeps what images look like, from their sharp previews, by id; it stays as long as they do.
    QFuture<Result<void>> putLooks(const QHash<QString, QImage>& previews);
    /// Of all images, newest first.
    QFuture<Result<QList<Fingerprint>>> fingerprints();

private:
    storage::DatabaseThread m_database;
};

} // namespace vitrine::gallery
