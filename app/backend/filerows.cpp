// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/filerows.h"

#include "app/backend/sql.h"

namespace vitrine::backend::rows {

using namespace Qt::StringLiterals;
using sql::bind;
using sql::blob;
using sql::text;

QList<FileRow> filesAfter(SQLite::Database& database, const QByteArray& digest, int limit)
{
    SQLite::Statement query(database, "SELECT sha256, preview_sha256, blurred_sha256,"
                                      " highres_sha256, sha256 IN (SELECT sha256 FROM waiting)"
                                      " FROM files WHERE sha256 > ? ORDER BY sha256 LIMIT ?");
    bind(query, 1, digest);
    query.bind(2, limit);
    QList<FileRow> files;
    while (query.executeStep()) {
        files.append({blob(query.getColumn(0)),
                      {{Form::Preview, blob(query.getColumn(1))},
                       {Form::Blurred, blob(query.getColumn(2))},
                       {Form::Highres, blob(query.getColumn(3))}},
                      query.getColumn(4).getInt() != 0});
    }
    return files;
}

bool hasFile(SQLite::Database& database, const QByteArray& digest)
{
    SQLite::Statement query(database, "SELECT 1 FROM files WHERE sha256 = ?");
    bind(query, 1, digest);
    return query.executeStep();
}

QString imageOfFile(SQLite::Database& database, const QByteArray& digest)
{
    SQLite::Statement query(database, "SELECT id FROM images WHERE sha256 = ? LIMIT 1");
    bind(query, 1, digest);
    return query.executeStep() ? text(query.getColumn(0)) : QString();
}

QList<ImageStore::Waiting> waiting(SQLite::Database& database, qint64 after, int limit)
{
    SQLite::Statement query(database, "SELECT sequence, sha256 FROM waiting WHERE sequence > ?"
                                      " ORDER BY sequence LIMIT ?");
    bind(query, 1, after);
    query.bind(2, limit);
    QList<ImageStore::Waiting> found;
    while (query.executeStep())
        found.append({query.getColumn(0).getInt64(), blob(query.getColumn(1))});
    return found;
}

bool isWaiting(SQLite::Database& database, const QByteArray& digest)
{
    SQLite::Statement query(database, "SELECT 1 FROM waiting WHERE sha256 = ?");
    bind(query, 1, digest);
    return query.executeStep();
}

void beginWaiting(SQLite::Database& database, const QByteArray& digest)
{
    SQLite::Statement insert(database, "INSERT OR IGNORE INTO waiting (sha256) VALUES (?)");
    bind(insert, 1, digest);
    insert.exec();
    SQLite::Statement hide(database, "UPDATE images SET placeholder = x'' WHERE sha256 = ?");
    bind(hide, 1, digest);
    hide.exec();
}

void endWaiting(SQLite::Database& database, const Incoming& picture, const QByteArray& placeholder)
{
    SQLite::Statement hashes(database, "UPDATE files SET preview_sha256 = ?, blurred_sha256 = ?,"
                                       " highres_sha256 = ? WHERE sha256 = ?");
    int parameter = 1;
    for (const Form form : kVariants)
        bind(hashes, parameter++, picture.digest(form));
    bind(hashes, parameter, picture.digest());
    hashes.exec();
    SQLite::Statement show(database, "UPDATE images SET placeholder = ? WHERE sha256 = ?");
    bind(show, 1, placeholder);
    bind(show, 2, picture.digest());
    show.exec();
    SQLite::Statement end(database, "DELETE FROM waiting WHERE sha256 = ?");
    bind(end, 1, picture.digest());
    end.exec();
}

QStringList damages(SQLite::Database& database)
{
    QStringList found;
    SQLite::Statement integrity(database, "PRAGMA integrity_check");
    while (integrity.executeStep()) {
        if (const QString line = text(integrity.getColumn(0)); line != "ok"_L1)
            found.append(line);
    }
    SQLite::Statement references(database, "PRAGMA foreign_key_check");
    while (references.executeStep())
        found.append(u"a row of %1 refers to nothing"_s.arg(text(references.getColumn(0))));
    SQLite::Statement counted(database, "SELECT (SELECT count(*) FROM images), count(*),"
                                        " ifnull(sum(bytes), 0) FROM files"
                                        " EXCEPT SELECT images, files, bytes FROM totals");
    if (counted.executeStep())
        found.append(u"the totals are not those of the rows"_s);
    return found;
}

} // namespace vitrine::backend::rows
