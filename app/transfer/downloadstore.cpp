// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/downloadstore.h"

#include <QHash>

#include <SQLiteCpp/VariadicBind.h>

#include <utility>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr storage::Migration kDownloadMigrations[] = {
    "CREATE TABLE download("
    "  key TEXT PRIMARY KEY, owner TEXT NOT NULL, created INTEGER NOT NULL,"
    "  directory TEXT NOT NULL, part TEXT NOT NULL, is_zip INTEGER NOT NULL,"
    "  image_id TEXT NOT NULL, name TEXT NOT NULL, alt TEXT NOT NULL, sha256 TEXT NOT NULL,"
    "  copy INTEGER NOT NULL, writes_alt INTEGER NOT NULL,"
    "  address TEXT NOT NULL, etag TEXT NOT NULL, bytes INTEGER NOT NULL) STRICT;",
    "CREATE TABLE zip_item("
    "  job TEXT NOT NULL, number INTEGER NOT NULL, image_id TEXT NOT NULL, name TEXT NOT NULL,"
    "  alt TEXT NOT NULL, sha256 TEXT NOT NULL, uploaded INTEGER NOT NULL, address TEXT NOT NULL,"
    "  etag TEXT NOT NULL, bytes INTEGER NOT NULL, is_whole INTEGER NOT NULL, type TEXT NOT NULL,"
    "  PRIMARY KEY(job, number)) STRICT, WITHOUT ROWID;",
};

std::string hex(const QByteArray& bytes)
{
    return bytes.toHex().toStdString();
}

QString text(const SQLite::Column& column)
{
    return QString::fromUtf8(column.getText(), column.getBytes());
}

void write(SQLite::Database& database, const DownloadJob& job, const QString& owner)
{
    SQLite::Statement statement(
        database, "INSERT OR REPLACE INTO download VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    SQLite::bind(statement, job.key.toStdString(), owner.toStdString(),
                 int64_t(job.created.toMSecsSinceEpoch()), job.directory.toStdString(),
                 job.part.toStdString(), int(job.isZip), job.image.id.toStdString(),
                 job.image.name.toStdString(), job.image.alt.toStdString(), hex(job.image.sha256),
                 int(job.copy), int(job.alt), job.source.address.toStdString(),
                 job.source.etag.toStdString(), int64_t(job.source.bytes));
    statement.exec();
}

void writeItems(SQLite::Database& database, const DownloadJob& job)
{
    SQLite::Statement statement(database,
                                "INSERT OR REPLACE INTO zip_item VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    for (qsizetype number = 0; number < job.items.size(); ++number) {
        const ZipItem& item = job.items[number];
        statement.reset();
        SQLite::bind(
            statement, job.key.toStdString(), int64_t(number), item.image.id.toStdString(),
            item.image.name.toStdString(), item.image.alt.toStdString(), hex(item.image.sha256),
            int64_t(item.image.uploaded.isValid() ? item.image.uploaded.toMSecsSinceEpoch() : 0),
            item.source.address.toStdString(), item.source.etag.toStdString(),
            int64_t(item.source.bytes), int(item.isWhole), item.type.toStdString());
        statement.exec();
    }
}

QList<ZipItem> itemsOf(SQLite::Database& database, const QString& key)
{
    QList<ZipItem> items;
    SQLite::Statement row(database, "SELECT * FROM zip_item WHERE job = ? ORDER BY number");
    row.bind(1, key.toStdString());
    while (row.executeStep()) {
        const auto column = [&](const char* name) { return row.getColumn(name); };
        ZipItem item;
        item.image.id = text(column("image_id"));
        item.image.name = text(column("name"));
        item.image.alt = text(column("alt"));
        item.image.sha256 = QByteArray::fromHex(text(column("sha256")).toLatin1());
        if (const qint64 uploaded = column("uploaded").getInt64(); uploaded != 0)
            item.image.uploaded = QDateTime::fromMSecsSinceEpoch(uploaded).toUTC();
        item.source = {text(column("address")), text(column("etag")).toLatin1(),
                       column("bytes").getInt64()};
        item.isWhole = column("is_whole").getInt() != 0;
        item.type = text(column("type"));
        items += item;
    }
    return items;
}

DownloadJob jobFrom(SQLite::Database& database, SQLite::Statement& row)
{
    const auto column = [&](const char* name) { return row.getColumn(name); };
    DownloadJob job;
    job.key = text(column("key"));
    job.created = QDateTime::fromMSecsSinceEpoch(column("created").getInt64()).toUTC();
    job.directory = text(column("directory"));
    job.part = text(column("part"));
    job.isZip = column("is_zip").getInt() != 0;
    job.image.id = text(column("image_id"));
    job.image.name = text(column("name"));
    job.image.alt = text(column("alt"));
    job.image.sha256 = QByteArray::fromHex(text(column("sha256")).toLatin1());
    job.copy = Copy(column("copy").getInt());
    job.alt = Alt(column("writes_alt").getInt());
    job.source = {text(column("address")), text(column("etag")).toLatin1(),
                  column("bytes").getInt64()};
    if (job.isZip)
        job.items = itemsOf(database, job.key);
    return job;
}

void removeRow(SQLite::Database& database, const QString& key)
{
    for (const char* table :
         {"DELETE FROM download WHERE key = ?", "DELETE FROM zip_item WHERE job = ?"}) {
        SQLite::Statement statement(database, table);
        statement.bind(1, key.toStdString());
        statement.exec();
    }
}

QStringList ownersOf(SQLite::Database& database)
{
    QStringList owners;
    SQLite::Statement rows(database, "SELECT DISTINCT owner FROM download");
    while (rows.executeStep())
        owners += text(rows.getColumn(0));
    return owners;
}

QHash<QString, DownloadJob> orphansIn(SQLite::Database& database, const Ownership& ownership)
{
    QHash<QString, DownloadJob> orphans;
    SQLite::Statement rows(database, "SELECT * FROM download WHERE owner = ?");
    const QStringList owners = ownersOf(database);
    for (const QString& owner : owners) {
        if (!ownership.isOrphan(owner))
            continue;
        rows.bind(1, owner.toStdString());
        while (rows.executeStep()) {
            const DownloadJob job = jobFrom(database, rows);
            orphans.insert(targetOf(job), job);
        }
        rows.reset();
    }
    return orphans;
}

} // namespace

DownloadStore::DownloadStore(const QString& directory)
    : m_ownership(directory + u"/downloaders"_s)
    , m_database(std::make_unique<storage::DatabaseThread>(directory + u"/downloads.db"_s,
                                                           kDownloadMigrations))
{}

// What was handed in is written first: the rows are ours until the lock is gone.
DownloadStore::~DownloadStore()
{
    m_database.reset();
}

QFuture<Result<QList<DownloadJob>>> DownloadStore::put(const QList<DownloadJob>& jobs)
{
    return m_database->run([this, jobs](SQLite::Database& database) -> Result<QList<DownloadJob>> {
        if (auto owned = m_ownership.take(); !owned)
            return failure(owned.error());
        auto orphans = orphansIn(database, m_ownership);
        QList<DownloadJob> kept = jobs;
        for (DownloadJob& job : kept) {
            const auto left = orphans.constFind(targetOf(job));
            if (left != orphans.cend()) {
                job.part = left->part;
                job.source = left->source;
                job.items = left->items;
                removeRow(database, left->key);
                orphans.erase(left);
            }
            write(database, job, m_ownership.self());
            writeItems(database, job);
        }
        return kept;
    });
}

QFuture<Result<QList<DownloadJob>>> DownloadStore::adopt()
{
    return m_database->run([this](SQLite::Database& database) -> Result<QList<DownloadJob>> {
        if (auto owned = m_ownership.take(); !owned)
            return failure(owned.error());
        const QStringList owners = ownersOf(database);
        for (const QString& owner : owners) {
            if (!m_ownership.isOrphan(owner))
                continue;
            SQLite::Statement ours(database, "UPDATE download SET owner = ? WHERE owner = ?");
            SQLite::bind(ours, m_ownership.self().toStdString(), owner.toStdString());
            ours.exec();
        }
        QList<DownloadJob> jobs;
        SQLite::Statement rows(database, "SELECT * FROM download WHERE owner = ? ORDER BY created");
        rows.bind(1, m_ownership.self().toStdString());
        while (rows.executeStep())
            jobs += jobFrom(database, rows);
        return jobs;
    });
}

QFuture<Result<void>> DownloadStore::learn(const QString& key, const BodySource& source)
{
    return m_database->run([key, source](SQLite::Database& database) -> Result<void> {
        SQLite::Statement statement(
            database, "UPDATE download SET address = ?, etag = ?, bytes = ? WHERE key = ?");
        SQLite::bind(statement, source.address.toStdString(), source.etag.toStdString(),
                     int64_t(source.bytes), key.toStdString());
        statement.exec();
        return {};
    });
}

QFuture<Result<void>> DownloadStore::learnOf(const QString& key, qsizetype number,
                                             const ZipItem& item)
{
    return m_database->run([key, number, item](SQLite::Database& database) -> Result<void> {
        SQLite::Statement statement(database,
                                    "UPDATE zip_item SET address = ?, etag = ?, bytes = ?,"
                                    " is_whole = ?, type = ? WHERE job = ? AND number = ?");
        SQLite::bind(statement, item.source.address.toStdString(), item.source.etag.toStdString(),
                     int64_t(item.source.bytes), int(item.isWhole), item.type.toStdString(),
                     key.toStdString(), int64_t(number));
        statement.exec();
        return {};
    });
}

QFuture<Result<void>> DownloadStore::remove(const QString& key)
{
    return m_database->run([key](SQLite::Database& database) -> Result<void> {
        removeRow(database, key);
        return {};
    });
}

} // namespace vitrine::transfer
