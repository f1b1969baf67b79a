// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"

#include <limits>
#include <optional>

/// The SQL of the image store. Everything throws SQLite::Exception; call it inside a Connections
/// read or write.
namespace vitrine::backend::rows {

inline constexpr int kEpochBytes = 16;

// A row that is none of ours (a path for an id, a hash of two bytes) is as good as not there, but
// can be removed.

std::optional<StoredImage> find(SQLite::Database& database, const QString& id);
/// The newest first, \a limit rows at most, from those with a sequence less than \a before.
StoredPage page(SQLite::Database& database, qint64 before, int limit);
/// The image for which \a key was used, perhaps gone by now; empty if it was not used.
QString imageOfKey(SQLite::Database& database, const QString& key);

/// What images of the same file show until their preview is there; empty if there is none.
QByteArray placeholderOf(SQLite::Database& database, const QByteArray& digest);

ImageStore::Totals totals(SQLite::Database& database);

/// \a stored is made of \a incoming. \a key may be empty.
void insert(SQLite::Database& database, const Incoming& incoming, const StoredImage& stored,
            const QString& key);
void update(SQLite::Database& database, const StoredImage& current,
            const protocol::ImagePatch& patch);
void countDownload(SQLite::Database& database, const QString& id);
/// What the row says of its file's hash, which may be anything; nullopt if there is no such row.
std::optional<QByteArray> digestOf(SQLite::Database& database, const QString& id);
/// The file's row goes with its last image.
void remove(SQLite::Database& database, const QString& id);

/// A row that is none of ours.
struct StrangeRow {
    qint64 sequence = 0;
    QString id; ///< whatever stands there
};
/// A look at the rows with a sequence greater than \a after: as many as one may take at once.
struct Survey {
    QList<StrangeRow> strange;
    qint64 last = std::numeric_limits<qint64>::min(); ///< where to go on
    bool isComplete = false;                          ///< there are no more
};
Survey survey(SQLite::Database& database, qint64 after, int limit);

} // namespace vitrine::backend::rows
