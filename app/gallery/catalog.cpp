// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/catalog.h"

#include "app/imaging/perceptualhash.h"
#include "app/protocol/ownaddress.h"

#include <QSet>

#include <SQLiteCpp/VariadicBind.h>

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;
using protocol::Image;

constexpr storage::Migration kMigrations[] = {
    "CREATE TABLE image("
    "  id TEXT PRIMARY KEY, preview TEXT NOT NULL, name TEXT NOT NULL, alt TEXT NOT NULL,"
    "  uploaded INTEGER NOT NULL, is_private INTEGER NOT NULL, downloads INTEGER NOT NULL,"
    "  width INTEGER NOT NULL, height INTEGER NOT NULL, bytes INTEGER NOT NULL,"
    "  type TEXT NOT NULL, revision INTEGER NOT NULL, placeholder BLOB, sha256 BLOB) STRICT;"
    "CREATE INDEX image_uploaded ON image(uploaded DESC, id DESC);"
    "CREATE INDEX image_sha256 ON image(sha256);"
    "CREATE TABLE refreshed(at INTEGER NOT NULL) STRICT;",
    // Apart from the listing: a server does not tell it.
    "CREATE TABLE likeness(id TEXT PRIMARY KEY, hash INTEGER NOT NULL) STRICT;",
    "ALTER TABLE image ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX image_seen ON image(seen);"
    "CREATE TABLE pass(number INTEGER NOT NULL, view INTEGER NOT NULL, next TEXT NOT NULL,"
    "  started INTEGER NOT NULL, etag TEXT NOT NULL) STRICT;"
    "INSERT INTO pass VALUES(0, 0, '', 0, '');",
};

void bindBlob(SQLite::Statement& statement, int index, const QByteArray& bytes)
{
    if (bytes.isEmpty())
        statement.bind(index);
    else
        statement.bind(index, bytes.constData(), int(bytes.size()));
}

QByteArray blob(const SQLite::Column& column)
{
    return {static_cast<const char*>(column.getBlob()), column.getBytes()};
}

QString text(const SQLite::Column& column)
{
    return QString::fromUtf8(column.getText(), column.getBytes());
}

// What a later pass has seen stays seen by it.
constexpr char kInsert[] =
    "INSERT INTO image VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?, coalesce(?, (SELECT number FROM pass))) "
    "ON CONFLICT(id) DO UPDATE SET preview = excluded.preview, name = excluded.name, "
    "alt = excluded.alt, uploaded = excluded.uploaded, is_private = excluded.is_private, "
    "downloads = excluded.downloads, width = excluded.width, height = excluded.height, "
    "bytes = excluded.bytes, type = excluded.type, revision = excluded.revision, "
    "placeholder = excluded.placeholder, sha256 = excluded.sha256, "
    "seen = max(seen, excluded.seen)";

/// \a pass: by which it was seen; none: by the one that began last.
void insert(SQLite::Statement& statement, const Image& image, const QUrl& server,
            std::optional<qint64> pass = {})
{
    statement.reset();
    statement.bind(1, image.id.toStdString());
    statement.bind(2, protocol::keptAddress(image.previewUrl, server).toStdString());
    statement.bind(3, image.name.toStdString());
    statement.bind(4, image.alt.toStdString());
    statement.bind(5, int64_t(image.uploaded.toMSecsSinceEpoch()));
    statement.bind(6, int(image.isPrivate));
    statement.bind(7, int64_t(image.downloadCount));
    statement.bind(8, image.size.width());
    statement.bind(9, image.size.height());
    statement.bind(10, int64_t(image.bytes));
    statement.bind(11, image.type.toStdString());
    statement.bind(12, int64_t(image.revision));
    bindBlob(statement, 13, image.placeholder);
    bindBlob(statement, 14, image.sha256);
    if (pass)
        statement.bind(15, int64_t(*pass));
    else
        statement.bind(15);
    statement.exec();
}

// Resolving each address against the server would take half of the time of it all.
QUrl addressFrom(const SQLite::Column& kept, const QString& origin, const QUrl& server)
{
    const QString address = text(kept);
    if (address.startsWith(u'/') && !address.startsWith("//"_L1))
        return QUrl(origin + address);
    return address.isEmpty() ? QUrl() : server.resolved(QUrl(address));
}

QString originOf(const QUrl& server)
{
    return server.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toString(QUrl::FullyEncoded);
}

/// By way of local time each row would have the time zone looked up.
QDateTime timeOf(qint64 milliseconds)
{
    static const QDateTime epoch = QDateTime::fromMSecsSinceEpoch(0).toUTC();
    QDateTime time = epoch;
    time.setMSecsSinceEpoch(milliseconds);
    return time;
}

Image imageFrom(SQLite::Statement& row, const QString& origin, const QUrl& server)
{
    Image image;
    image.id = text(row.getColumn(0));
    image.previewUrl = addressFrom(row.getColumn(1), origin, server);
    image.name = text(row.getColumn(2));
    image.alt = text(row.getColumn(3));
    image.uploaded = timeOf(row.getColumn(4).getInt64());
    image.isPrivate = row.getColumn(5).getInt() != 0;
    image.downloadCount = row.getColumn(6).getInt64();
    image.size = {row.getColumn(7).getInt(), row.getColumn(8).getInt()};
    image.bytes = row.getColumn(9).getInt64();
    image.type = text(row.getColumn(10));
    image.revision = row.getColumn(11).getInt64();
    image.placeholder = blob(row.getColumn(12));
    image.sha256 = blob(row.getColumn(13));
    return image;
}

QList<Image> imagesFrom(SQLite::Statement& rows, const QUrl& server)
{
    QList<Image> images;
    const QString origin = originOf(server);
    while (rows.executeStep())
        images.append(imageFrom(rows, origin, server));
    return images;
}

QDateTime time(const SQLite::Column& column)
{
    const qint64 at = column.getInt64();
    return at > 0 ? timeOf(at) : QDateTime();
}

void readPass(SQLite::Database& database, Catalog::Listing& listing)
{
    SQLite::Statement pass(database, "SELECT number, view, next, started, etag FROM pass");
    if (!pass.executeStep())
        return;
    listing.pass = {pass.getColumn(0).getInt64(), pass.getColumn(1).getInt(),
                    text(pass.getColumn(2)), time(pass.getColumn(3))};
    listing.etag = text(pass.getColumn(4)).toLatin1();
}

// Where a later pass has begun that one is told of, and this one no more.
void writePass(SQLite::Database& database, const Catalog::Pass& pass, const QByteArray& etag)
{
    SQLite::Statement statement(
        database, "UPDATE pass SET view = ?, next = ?, started = ?, etag = ? WHERE number = ?");
    SQLite::bind(statement, pass.view, pass.next.toStdString(),
                 int64_t(pass.started.isValid() ? pass.started.toMSecsSinceEpoch() : 0),
                 etag.toStdString(), int64_t(pass.number));
    statement.exec();
}

void writeRefreshed(SQLite::Database& database, const QDateTime& refreshed)
{
    database.exec("DELETE FROM refreshed");
    SQLite::Statement at(database, "INSERT INTO refreshed VALUES(?)");
    at.bind(1, int64_t(refreshed.toMSecsSinceEpoch()));
    at.exec();
}

/// How many of \a images \a pass has not come upon yet.
int countNew(SQLite::Database& database, const QList<Image>& images, const Catalog::Pass& pass)
{
    QSet<QString> fresh;
    SQLite::Statement seen(database, "SELECT 1 FROM image WHERE id = ? AND seen = ?");
    for (const Image& image : images) {
        SQLite::bind(seen, image.id.toStdString(), int64_t(pass.number));
        if (!seen.executeStep())
            fresh.insert(image.id);
        seen.reset();
    }
    return int(fresh.size());
}

} // namespace

Catalog::Catalog(const QString& path) : m_database(path, kMigrations)
{}

QFuture<Result<Catalog::Listing>> Catalog::load(const QUrl& server, int count)
{
    return m_database.run([server, count](SQLite::Database& database) -> Result<Listing> {
        Listing listing;
        SQLite::Statement newest(database,
                                 "SELECT * FROM image ORDER BY uploaded DESC, id DESC LIMIT ?");
        newest.bind(1, count);
        listing.images = imagesFrom(newest, server);
        SQLite::Statement refreshed(database, "SELECT at FROM refreshed");
        if (refreshed.executeStep())
            listing.refreshed = time(refreshed.getColumn(0));
        readPass(database, listing);
        return listing;
    });
}

QFuture<Result<QList<Image>>> Catalog::loadRest(const QUrl& server, const Image& last)
{
    return m_database.run([server, last](SQLite::Database& database) -> Result<QList<Image>> {
        SQLite::Statement rest(database, "SELECT * FROM image WHERE (uploaded, id) < (?, ?)"
                                         " ORDER BY uploaded DESC, id DESC");
        SQLite::bind(rest, int64_t(last.uploaded.toMSecsSinceEpoch()), last.id.toStdString());
        return imagesFrom(rest, server);
    });
}

QFuture<Result<qint64>> Catalog::beginPass(int view, const QDateTime& started)
{
    return m_database.run([=](SQLite::Database& database) -> Result<qint64> {
        SQLite::Statement pass(database, "UPDATE pass SET number = number + 1, view = ?, next = '',"
                                         " started = ?, etag = '' RETURNING number");
        SQLite::bind(pass, view, int64_t(started.toMSecsSinceEpoch()));
        if (!pass.executeStep())
            return failure(ErrorKind::Storage, u"the listing has lost its passes"_s);
        return pass.getColumn(0).getInt64();
    });
}

QFuture<Result<void>> Catalog::abandonPass(const Pass& pass)
{
    return m_database.run([pass](SQLite::Database& database) -> Result<void> {
        writePass(database, {pass.number, pass.view, {}, {}}, {});
        return {};
    });
}

QFuture<Result<int>> Catalog::keepPage(const QList<Image>& images, const QUrl& server,
                                       const Pass& pass)
{
    return m_database.run([=](SQLite::Database& database) -> Result<int> {
        const int fresh = countNew(database, images, pass);
        SQLite::Statement statement(database, kInsert);
        for (const Image& image : images)
            insert(statement, image, server, pass.number);
        writePass(database, pass, {});
        return fresh;
    });
}

QFuture<Result<QStringList>> Catalog::finishPass(const Pass& pass, const QDateTime& refreshed,
                                                 const QByteArray& etag)
{
    return m_database.run([=](SQLite::Database& database) -> Result<QStringList> {
        QStringList gone;
        SQLite::Statement rows(database, "DELETE FROM image WHERE seen < ? RETURNING id");
        rows.bind(1, int64_t(pass.number));
        while (rows.executeStep())
            gone += text(rows.getColumn(0));
        if (!gone.isEmpty())
            database.exec("DELETE FROM likeness WHERE id NOT IN (SELECT id FROM image)");
        writePass(database, {pass.number, pass.view, {}, {}}, etag);
        writeRefreshed(database, refreshed);
        return gone;
    });
}

QFuture<Result<void>> Catalog::confirm(const QDateTime& refreshed)
{
    return m_database.run([refreshed](SQLite::Database& database) -> Result<void> {
        writeRefreshed(database, refreshed);
        return {};
    });
}

QFuture<Result<void>> Catalog::put(const Image& image, const QUrl& server)
{
    return m_database.run([=](SQLite::Database& database) -> Result<void> {
        SQLite::Statement statement(database, kInsert);
        insert(statement, image, server);
        return {};
    });
}

QFuture<Result<void>> Catalog::drop(const QString& id)
{
    return m_database.run([id](SQLite::Database& database) -> Result<void> {
        for (const char* sql :
             {"DELETE FROM image WHERE id = ?", "DELETE FROM likeness WHERE id = ?"}) {
            SQLite::Statement statement(database, sql);
            statement.bind(1, id.toStdString());
            statement.exec();
        }
        return {};
    });
}

QFuture<Result<QString>> Catalog::findByHash(const QByteArray& sha256)
{
    return m_database.run([sha256](SQLite::Database& database) -> Result<QString> {
        SQLite::Statement statement(
            database, "SELECT id FROM image WHERE sha256 = ? ORDER BY uploaded DESC LIMIT 1");
        bindBlob(statement, 1, sha256);
        return statement.executeStep() ? text(statement.getColumn(0)) : QString();
    });
}

QFuture<Result<void>> Catalog::putLooks(const QHash<QString, QImage>& previews)
{
    return m_database.run([previews](SQLite::Database& database) -> Result<void> {
        SQLite::Statement statement(database, "INSERT OR REPLACE INTO likeness "
                                              "SELECT id, ?2 FROM image WHERE id = ?1");
        for (auto preview = previews.begin(); preview != previews.end(); ++preview) {
            const auto likeness = imaging::perceptualHash(*preview);
            if (!likeness)
                continue;
            statement.reset();
            statement.bind(1, preview.key().toStdString());
            statement.bind(2, int64_t(*likeness));
            statement.exec();
        }
        return {};
    });
}

QFuture<Result<QList<Fingerprint>>> Catalog::fingerprints()
{
    return m_database.run([](SQLite::Database& database) -> Result<QList<Fingerprint>> {
        QList<Fingerprint> fingerprints;
        SQLite::Statement rows(database,
                               "SELECT id, name, sha256, hash FROM image LEFT JOIN likeness "
                               "USING (id) ORDER BY uploaded DESC, id DESC");
        while (rows.executeStep()) {
            Fingerprint fingerprint{text(rows.getColumn(0)), text(rows.getColumn(1)),
                                    blob(rows.getColumn(2)), std::nullopt};
            if (!rows.getColumn(3).isNull())
                fingerprint.likeness = quint64(rows.getColumn(3).getInt64());
            fingerprints.append(fingerprint);
        }
        return fingerprints;
    });
}

} // namespace vitrine::gallery
