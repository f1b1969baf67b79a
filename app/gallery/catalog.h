// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"
#include "app/storage/databasethread.h"

#include <QDateTime>
#include <QFuture>

namespace vitrine::gallery {

/// The listing of one account as it was last seen, in SQLite. Preview addresses of the account's
/// own server are kept without scheme, host and port: the embedded backend has a new port each run.
/// Any thread; futures finish on the database's thread: use whenDone().
class Catalog
{
public:
    struct Listing {
        QList<protocol::Image> images; ///< newest first
        QDateTime refreshed;           ///< when the server was last asked; invalid if never
    };

    /// \a path is the database file; it and its directory are made when first needed.
    explicit Catalog(const QString& path);

    /// Addresses are resolved against \a server.
    QFuture<Result<Listing>> load(const QUrl& server);
    /// Replaces everything in one transaction.
    QFuture<Result<void>> replace(const QList<protocol::Image>& images, const QUrl& server,
                                  const QDateTime& refreshed);
    QFuture<Result<void>> put(const protocol::Image& image, const QUrl& server);
    QFuture<Result<void>> drop(const QString& id);

    /// The newest image whose original has these bytes; an empty id if there is none.
    QFuture<Result<QString>> findByHash(const QByteArray& sha256);

private:
    storage::DatabaseThread m_database;
};

} // namespace vitrine::gallery
