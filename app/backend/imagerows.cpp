// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/imagerows.h"

#include "app/backend/sql.h"

namespace vitrine::backend::rows {
namespace {

using sql::bind;
using sql::blob;
using sql::text;

constexpr char kSelect[] =
    "SELECT sequence, id, name, alt, uploaded, is_private, downloads, revision, epoch,"
    " sha256, bytes, type, width, height, placeholder FROM images ";

std::string selecting(const char* which)
{
    std::string query(kSelect);
    query += which;
    return query;
}

StoredImage read(SQLite::Statement& row)
{
    StoredImage stored;
    protocol::Image& image = stored.image;
    int column = 0;
    stored.sequence = row.getColumn(column++).getInt64();
    image.id = text(row.getColumn(column++));
    image.name = text(row.getColumn(column++));
    image.alt = text(row.getColumn(column++));
    image.uploaded = QDateTime::fromMSecsSinceEpoch(row.getColumn(column++).getInt64()).toUTC();
    image.isPrivate = row.getColumn(column++).getInt() != 0;
    image.downloadCount = row.getColumn(column++).getInt64();
    image.revision = row.getColumn(column++).getInt64();
    stored.epoch = blob(row.getColumn(column++));
    image.sha256 = blob(row.getColumn(column++));
    image.bytes = row.getColumn(column++).getInt64();
    image.type = text(row.getColumn(column++));
    image.size.setWidth(row.getColumn(column++).getInt());
    image.size.setHeight(row.getColumn(column++).getInt());
    image.placeholder = blob(row.getColumn(column++));
    return stored;
}

void insertFile(SQLite::Database& database, const Incoming& incoming)
{
    SQLite::Statement insert(database, "INSERT OR IGNORE INTO files (sha256, bytes, preview_sha256,"
                                       " blurred_sha256, highres_sha256) VALUES (?, ?, ?, ?, ?)");
    bind(insert, 1, incoming.digest());
    bind(insert, 2, incoming.size());
    int parameter = 3;
    for (const Form form : {Form::Preview, Form::Blurred, Form::Highres})
        bind(insert, parameter++, incoming.digest(form));
    insert.exec();
}

void insertImage(SQLite::Database& database, const StoredImage& stored)
{
    const protocol::Image& image = stored.image;
    SQLite::Statement insert(
        database, "INSERT INTO images (id, sha256, name, alt, uploaded, is_private, epoch, bytes,"
                  " type, width, height, placeholder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind(insert, 1, image.id);
    bind(insert, 2, image.sha256);
    bind(insert, 3, image.name);
    bind(insert, 4, image.alt);
    bind(insert, 5, image.uploaded.toMSecsSinceEpoch());
    insert.bind(6, int(image.isPrivate));
    bind(insert, 7, stored.epoch);
    bind(insert, 8, image.bytes);
    bind(insert, 9, image.type);
    insert.bind(10, image.size.width());
    insert.bind(11, image.size.height());
    bind(insert, 12, image.placeholder);
    insert.exec();
}

} // namespace

std::optional<StoredImage> find(SQLite::Database& database, const QString& id)
{
    SQLite::Statement query(database, selecting("WHERE id = ?"));
    bind(query, 1, id);
    return query.executeStep() ? std::optional(read(query)) : std::nullopt;
}

QList<StoredImage> page(SQLite::Database& database, qint64 before, int limit)
{
    SQLite::Statement query(database,
                            selecting("WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"));
    bind(query, 1, before);
    query.bind(2, limit);
    QList<StoredImage> images;
    while (query.executeStep())
        images.append(read(query));
    return images;
}

QString imageOfKey(SQLite::Database& database, const QString& key)
{
    SQLite::Statement query(database, "SELECT image_id FROM upload_keys WHERE key = ?");
    bind(query, 1, key);
    return query.executeStep() ? text(query.getColumn(0)) : QString();
}

ImageStore::Totals totals(SQLite::Database& database)
{
    SQLite::Statement query(database, "SELECT (SELECT COUNT(*) FROM images), COUNT(*),"
                                      " IFNULL(SUM(bytes), 0) FROM files");
    query.executeStep();
    return {query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
            query.getColumn(2).getInt64()};
}

void insert(SQLite::Database& database, const Incoming& incoming, const StoredImage& stored,
            const QString& key)
{
    insertFile(database, incoming);
    insertImage(database, stored);
    if (key.isEmpty())
        return;
    SQLite::Statement remember(database, "INSERT INTO upload_keys VALUES (?, ?)");
    bind(remember, 1, key);
    bind(remember, 2, stored.image.id);
    remember.exec();
}

void update(SQLite::Database& database, const StoredImage& current,
            const protocol::ImagePatch& patch)
{
    const bool isPrivate = patch.isPrivate.value_or(current.image.isPrivate);
    // A new epoch makes every address signed so far invalid.
    const bool isRevoked = isPrivate != current.image.isPrivate;
    SQLite::Statement change(database, "UPDATE images SET alt = ?, is_private = ?, epoch = ?,"
                                       " revision = revision + 1 WHERE id = ?");
    bind(change, 1, patch.alt.value_or(current.image.alt));
    change.bind(2, int(isPrivate));
    bind(change, 3, isRevoked ? randomBytes(kEpochBytes) : current.epoch);
    bind(change, 4, current.image.id);
    change.exec();
}

void countDownload(SQLite::Database& database, const QString& id)
{
    SQLite::Statement count(database, "UPDATE images SET downloads = downloads + 1 WHERE id = ?");
    bind(count, 1, id);
    count.exec();
}

void remove(SQLite::Database& database, const QString& id)
{
    SQLite::Statement query(database, "SELECT sha256 FROM images WHERE id = ?");
    bind(query, 1, id);
    if (!query.executeStep())
        return;
    const QByteArray digest = blob(query.getColumn(0));
    SQLite::Statement removeImage(database, "DELETE FROM images WHERE id = ?");
    bind(removeImage, 1, id);
    removeImage.exec();
    SQLite::Statement removeFile(database, "DELETE FROM files WHERE sha256 = ?1 AND NOT EXISTS"
                                           " (SELECT 1 FROM images WHERE sha256 = ?1)");
    bind(removeFile, 1, digest);
    removeFile.exec();
}

} // namespace vitrine::backend::rows
