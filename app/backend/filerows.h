// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"

#include <SQLiteCpp/SQLiteCpp.h>

/// The rows of the content files, as those read them who go through all of them. Everything throws
/// SQLite::Exception.
namespace vitrine::backend::rows {

struct FileRow {
    QByteArray sha256; ///< raw, of the original
    QHash<Form, QByteArray> variants;
    bool isWaiting = false; ///< there is the original alone

    /// Raw SHA-256; empty if none was kept.
    QByteArray digest(Form form) const
    {
        return form == Form::Original ? sha256 : variants.value(form);
    }
};

/// The next ones in the order of their digests; from the first one on after an empty digest.
QList<FileRow> filesAfter(SQLite::Database& database, const QByteArray& digest, int limit);
bool hasFile(SQLite::Database& database, const QByteArray& digest);
/// One of the images that show the file; empty if there is none.
QString imageOfFile(SQLite::Database& database, const QByteArray& digest);

/// The files without variants yet, as ImageStore::waiting().
QList<ImageStore::Waiting> waiting(SQLite::Database& database, qint64 after, int limit);
bool isWaiting(SQLite::Database& database, const QByteArray& digest);
/// Its images have no placeholder as long as it waits: by that those are told apart that have all.
void beginWaiting(SQLite::Database& database, const QByteArray& digest);
/// \a picture has its variants now; its images show \a placeholder from now on.
void endWaiting(SQLite::Database& database, const Incoming& picture, const QByteArray& placeholder);
/// What SQLite finds wrong with the database itself. Reads all of it.
QStringList damages(SQLite::Database& database);

} // namespace vitrine::backend::rows
