// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"

#include <optional>

/// The SQL of the image store. Everything throws SQLite::Exception; call it inside a Connections
/// read or write.
namespace vitrine::backend::rows {

inline constexpr int kEpochBytes = 16;

std::optional<StoredImage> find(SQLite::Database& database, const QString& id);
QList<StoredImage> page(SQLite::Database& database, qint64 before, int limit);
/// The image for which \a key was used, perhaps gone by now; empty if it was not used.
QString imageOfKey(SQLite::Database& database, const QString& key);

ImageStore::Totals totals(SQLite::Database& database);

/// \a stored is made of \a incoming. \a key may be empty.
void insert(SQLite::Database& database, const Incoming& incoming, const StoredImage& stored,
            const QString& key);
void update(SQLite::Database& database, const StoredImage& current,
            const protocol::ImagePatch& patch);
void countDownload(SQLite::Database& database, const QString& id);
/// The file's row goes with its last image.
void remove(SQLite::Database& database, const QString& id);

} // namespace vitrine::backend::rows
