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

    /// Keeps what images look like, from their sharp previews, by id; it stays as long as they do.
    QFuture<Result<void>> putLooks(const QHash<QString, QImage>& previews);
    /// Of all images, newest first.
    QFuture<Result<QList<Fingerprint>>> fingerprints();

private:
    storage::DatabaseThread m_database;
};

} // namespace vitrine::gallery
