// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/imagerows.h"

#include "app/backend/cursor.h"
#include "app/backend/sql.h"

#include <algorithm>

namespace vitrine::backend::rows {
namespace {

using namespace Qt::StringLiterals;
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

/// Also where somebody wrote the id as bytes.
std::string byId(const char* action)
{
    return std::string(action) + " WHERE id IN (?1, CAST(?1 AS BLOB))";
}

constexpr qsizetype kMaxIdLength = 64;
constexpr qsizetype kMaxTypeLength = 100;
constexpr qsizetype kMaxPlaceholderBytes = 64; // a ThumbHash has 25 at most

bool isWord(const QString& text, QLatin1StringView punctuation)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [&](QChar c) {
        return c < QChar(0x7f) && (c.isLetterOrNumber() || punctuation.contains(c));
    });
}

/// Whether it is a row as we write them. One that somebody else made must not reach a path, a
/// header or a client. A side of -1 is one that nobody measured.
bool isSound(const StoredImage& stored)
{
    const protocol::Image& image = stored.image;
    return stored.sequence > 0 && isWord(image.id, "-"_L1) && image.id.size() <= kMaxIdLength &&
           image.uploaded.isValid() && image.uploaded.date().year() <= 9999 &&
           image.downloadCount >= 0 && image.revision > 0 && image.sha256.size() == kDigestBytes &&
           image.bytes >= 0 && (image.type.isEmpty() || isWord(image.type, "/-+."_L1)) &&
           image.type.size() <= kMaxTypeLength && image.size.width() >= -1 &&
           image.size.height() >= -1 && image.placeholder.size() <= kMaxPlaceholderBytes;
}

/// By way of local time each row would have the file of the time zone looked at.
QDateTime utcFrom(qint64 milliseconds)
{
    static const QDateTime epoch = QDateTime::fromMSecsSinceEpoch(0).toUTC();
    QDateTime time = epoch;
    time.setMSecsSinceEpoch(milliseconds);
    return time;
}

/// Nullopt: the row is not sound.
std::optional<StoredImage> read(SQLite::Statement& row)
{
    StoredImage stored;
    protocol::Image& image = stored.image;
    int column = 0;
    stored.sequence = row.getColumn(column++).getInt64();
    image.id = text(row.getColumn(column++));
    image.name = text(row.getColumn(column++));
    image.alt = text(row.getColumn(column++));
    image.uploaded = utcFrom(row.getColumn(column++).getInt64());
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
    return isSound(stored) ? std::optional(stored) : std::nullopt;
}

void insertFile(SQLite::Database& database, const Incoming& incoming)
{
    SQLite::Statement insert(database, "INSERT OR IGNORE INTO files (sha256, bytes, preview_sha256,"
                                       " blurred_sha256, highres_sha256) VALUES (?, ?, ?, ?, ?)");
    bind(insert, 1, incoming.digest());
    bind(insert, 2, incoming.size());
    int parameter = 3;
    for (const Form form : kVariants)
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
    return query.executeStep() ? read(query) : std::nullopt;
}

StoredPage page(SQLite::Database& database, qint64 before, int limit)
{
    SQLite::Statement query(database,
                            selecting("WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"));
    bind(query, 1, before);
    query.bind(2, limit + 1); // one more tells that there is a next page
    StoredPage page;
    qint64 last = 0;
    for (int count = 0; query.executeStep(); ++count) {
        if (count == limit) {
            page.cursor = cursorFromSequence(last);
            break;
        }
        last = query.getColumn(0).getInt64();
        if (auto stored = read(query))
            page.images.append(*std::move(stored));
    }
    return page;
}

QString imageOfKey(SQLite::Database& database, const QString& key)
{
    SQLite::Statement query(database, "SELECT image_id FROM upload_keys WHERE key = ?");
    bind(query, 1, key);
    return query.executeStep() ? text(query.getColumn(0)) : QString();
}

QByteArray placeholderOf(SQLite::Database& database, const QByteArray& digest)
{
    SQLite::Statement query(database, "SELECT placeholder FROM images WHERE sha256 = ? LIMIT 1");
    bind(query, 1, digest);
    return query.executeStep() ? blob(query.getColumn(0)) : QByteArray();
}

ImageStore::Totals totals(SQLite::Database& database)
{
    SQLite::Statement query(database, "SELECT images, files, bytes,"
                                      " (SELECT count(*) FROM waiting) FROM totals");
    if (!query.executeStep())
        return {};
    return {query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
            query.getColumn(2).getInt64(), query.getColumn(3).getInt64()};
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

std::optional<QByteArray> digestOf(SQLite::Database& database, const QString& id)
{
    SQLite::Statement query(database, byId("SELECT sha256 FROM images"));
    bind(query, 1, id);
    return query.executeStep() ? std::optional(blob(query.getColumn(0))) : std::nullopt;
}

void remove(SQLite::Database& database, const QString& id)
{
    const auto digest = digestOf(database, id);
    if (!digest)
        return;
    SQLite::Statement removeImage(database, byId("DELETE FROM images"));
    bind(removeImage, 1, id);
    removeImage.exec();
    SQLite::Statement removeFile(database, "DELETE FROM files WHERE sha256 = ?1 AND NOT EXISTS"
                                           " (SELECT 1 FROM images WHERE sha256 = ?1)");
    bind(removeFile, 1, *digest);
    removeFile.exec();
}

Survey survey(SQLite::Database& database, qint64 after, int limit)
{
    SQLite::Statement query(database, selecting("WHERE sequence > ? ORDER BY sequence LIMIT ?"));
    bind(query, 1, after);
    query.bind(2, limit);
    Survey survey;
    int count = 0;
    for (; query.executeStep(); ++count) {
        survey.last = query.getColumn(0).getInt64();
        if (!read(query))
            survey.strange.append({survey.last, text(query.getColumn(1))});
    }
    survey.isComplete = count < limit;
    return survey;
}

} // namespace vitrine::backend::rows
