// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/catalog.h"

#include "app/imaging/perceptualhash.h"

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
    // Apart from the listing, which is replaced as a whole: a server does not tell it.
    "CREATE TABLE likeness(id TEXT PRIMARY KEY, hash INTEGER NOT NULL) STRICT;",
};

QString stored(const QUrl& url, const QUrl& server)
{
    const bool isOwn = url.scheme() == server.scheme() && url.authority() == server.authority();
    const auto options = isOwn ? QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded
                               : QUrl::FormattingOptions(QUrl::FullyEncoded);
    return url.toString(options);
}

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

void insert(SQLite::Statement& statement, const Image& image, const QUrl& server)
{
    statement.reset();
    statement.bind(1, image.id.toStdString());
    statement.bind(2, stored(image.previewUrl, server).toStdString());
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
    statement.exec();
}

constexpr char kInsert[] = "INSERT OR REPLACE INTO image VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

Image imageFrom(SQLite::Statement& row, const QUrl& server)
{
    Image image;
    image.id = text(row.getColumn(0));
    const QUrl preview(text(row.getColumn(1)));
    image.previewUrl = preview.isEmpty() ? preview : server.resolved(preview);
    image.name = text(row.getColumn(2));
    image.alt = text(row.getColumn(3));
    image.uploaded = QDateTime::fromMSecsSinceEpoch(row.getColumn(4).getInt64()).toUTC();
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

} // namespace

Catalog::Catalog(const QString& path) : m_database(path, kMigrations)
{}

QFuture<Result<Catalog::Listing>> Catalog::load(const QUrl& server)
{
    return m_database.run([server](SQLite::Database& database) -> Result<Listing> {
        Listing listing;
        SQLite::Statement rows(database, "SELECT * FROM image ORDER BY uploaded DESC, id DESC");
        while (rows.executeStep())
            listing.images.append(imageFrom(rows, server));
        SQLite::Statement refreshed(database, "SELECT at FROM refreshed");
        if (refreshed.executeStep())
            listing.refreshed =
                QDateTime::fromMSecsSinceEpoch(refreshed.getColumn(0).getInt64()).toUTC();
        return listing;
    });
}

QFuture<Result<void>> Catalog::replace(const QList<Image>& images, const QUrl& server,
                                       const QDateTime& refreshed)
{
    return m_database.run([=](SQLite::Database& database) -> Result<void> {
        database.exec("DELETE FROM image; DELETE FROM refreshed");
        SQLite::Statement statement(database, kInsert);
        for (const Image& image : images)
            insert(statement, image, server);
        SQLite::Statement at(database, "INSERT INTO refreshed VALUES(?)");
        at.bind(1, int64_t(refreshed.toMSecsSinceEpoch()));
        at.exec();
        database.exec("DELETE FROM likeness WHERE id NOT IN (SELECT id FROM image)");
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
