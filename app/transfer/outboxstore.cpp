// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outboxstore.h"

#include "app/base/paths.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr storage::Migration kMigrations[] = {
    "CREATE TABLE transfer("
    "  key TEXT PRIMARY KEY, owner TEXT NOT NULL, created INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  state INTEGER NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, image_id TEXT NOT NULL,"
    "  alt TEXT NOT NULL, is_private INTEGER NOT NULL, keep_metadata INTEGER NOT NULL,"
    "  again INTEGER NOT NULL, patch TEXT NOT NULL, revision INTEGER NOT NULL,"
    "  spool TEXT NOT NULL, type TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,"
    "  attempts INTEGER NOT NULL, error_kind INTEGER, error_detail TEXT) STRICT;",
    "ALTER TABLE transfer ADD COLUMN fit INTEGER NOT NULL DEFAULT 0;",
};

constexpr char kPut[] =
    "INSERT OR REPLACE INTO transfer VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

/// Binds the next value, from left to right.
class Binder
{
public:
    explicit Binder(SQLite::Statement& statement) : m_statement(statement) { m_statement.reset(); }
    Binder& operator<<(const QString& value)
    {
        m_statement.bind(++m_index, value.toStdString());
        return *this;
    }
    Binder& operator<<(qint64 value)
    {
        m_statement.bind(++m_index, int64_t(value));
        return *this;
    }

private:
    SQLite::Statement& m_statement;
    int m_index = 0;
};

QString patchText(const protocol::ImagePatch& patch)
{
    return QString::fromUtf8(QJsonDocument(toJson(patch)).toJson(QJsonDocument::Compact));
}

void write(SQLite::Statement& statement, const Transfer& transfer, const QString& owner)
{
    Binder(statement) << transfer.key << owner << transfer.created.toMSecsSinceEpoch()
                      << qint64(transfer.kind) << qint64(transfer.state) << transfer.name
                      << transfer.source << transfer.imageId << transfer.alt
                      << qint64(transfer.isPrivate) << qint64(transfer.keepMetadata)
                      << qint64(transfer.again) << patchText(transfer.patch) << transfer.revision
                      << transfer.spool << transfer.type
                      << QString::fromLatin1(transfer.sha256.toHex()) << transfer.bytes
                      << qint64(transfer.attempts)
                      << (transfer.error ? qint64(transfer.error->kind) : qint64(-1))
                      << (transfer.error ? transfer.error->detail : QString())
                      << qint64(transfer.fit);
    statement.exec();
}

Transfer transferFrom(SQLite::Statement& row)
{
    const auto text = [&](const char* column) {
        const SQLite::Column value = row.getColumn(column);
        return QString::fromUtf8(value.getText(), value.getBytes());
    };
    const auto number = [&](const char* column) { return row.getColumn(column).getInt64(); };
    Transfer transfer;
    transfer.key = text("key");
    transfer.created = QDateTime::fromMSecsSinceEpoch(number("created")).toUTC();
    transfer.kind = Kind(number("kind"));
    transfer.state = State(number("state"));
    transfer.name = text("name");
    transfer.source = text("source");
    transfer.imageId = text("image_id");
    transfer.alt = text("alt");
    transfer.isPrivate = number("is_private") != 0;
    transfer.keepMetadata = number("keep_metadata") != 0;
    transfer.again = number("again") != 0;
    transfer.fit = number("fit") != 0;
    const auto patch = QJsonDocument::fromJson(text("patch").toUtf8()).object();
    transfer.patch = protocol::patchFromJson(patch).value_or(protocol::ImagePatch{});
    transfer.revision = number("revision");
    transfer.spool = text("spool");
    transfer.type = text("type");
    transfer.sha256 = QByteArray::fromHex(text("sha256").toLatin1());
    transfer.bytes = number("bytes");
    transfer.attempts = int(number("attempts"));
    if (number("error_kind") >= 0)
        transfer.error = Error{ErrorKind(number("error_kind")), text("error_detail"), {}};
    return transfer;
}

void sortByAge(QList<Transfer>& transfers)
{
    std::stable_sort(transfers.begin(), transfers.end(), [](const auto& left, const auto& right) {
        return left.created < right.created;
    });
}

} // namespace

OutboxStore::OutboxStore(const QString& directory)
    : m_owners(directory + u"/owners"_s)
    , m_self(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_database(
          std::make_unique<storage::DatabaseThread>(directory + u"/outbox.db"_s, kMigrations))
{}

// What was handed in is written first: the rows are ours until the lock file is gone.
OutboxStore::~OutboxStore()
{
    m_database.reset();
    QFile::remove(m_owners + u'/' + m_self);
}

Result<void> OutboxStore::takeOwnership()
{
    if (m_lock)
        return {};
    if (auto made = makePrivateDirectory(m_owners); !made)
        return made;
    auto lock = FileLock::tryLock(m_owners + u'/' + m_self);
    if (!lock)
        return failure(lock.error());
    m_lock.emplace(*std::move(lock));
    return {};
}

bool OutboxStore::isOrphan(const QString& owner) const
{
    const QString path = m_owners + u'/' + owner;
    if (owner == m_self || !FileLock::tryLock(path))
        return false;
    QFile::remove(path);
    return true;
}

QFuture<Result<QList<Transfer>>> OutboxStore::adopt()
{
    return m_database->run([this](SQLite::Database& database) -> Result<QList<Transfer>> {
        if (auto owned = takeOwnership(); !owned)
            return failure(owned.error());
        QStringList orphans;
        SQLite::Statement owners(database, "SELECT DISTINCT owner FROM transfer");
        while (owners.executeStep()) {
            const auto owner = QString::fromUtf8(owners.getColumn(0).getText());
            if (isOrphan(owner))
                orphans.append(owner);
        }
        QList<Transfer> adopted;
        for (const QString& owner : std::as_const(orphans))
            adopted += takeOver(database, owner);
        sortByAge(adopted);
        return adopted;
    });
}

QList<Transfer> OutboxStore::takeOver(SQLite::Database& database, const QString& owner) const
{
    SQLite::Statement finished(database,
                               "DELETE FROM transfer WHERE owner = ? AND state IN (?, ?, ?)");
    Binder(finished) << owner << qint64(State::Done) << qint64(State::Duplicate)
                     << qint64(State::Cancelled);
    finished.exec();
    SQLite::Statement rows(database, "SELECT * FROM transfer WHERE owner = ?");
    Binder(rows) << owner;
    QList<Transfer> taken;
    while (rows.executeStep())
        taken.append(transferFrom(rows));
    SQLite::Statement ours(database, "UPDATE transfer SET owner = ? WHERE owner = ?");
    Binder(ours) << m_self << owner;
    ours.exec();
    return taken;
}

QFuture<Result<QList<Transfer>>> OutboxStore::peek()
{
    return m_database->run([](SQLite::Database& database) -> Result<QList<Transfer>> {
        SQLite::Statement rows(database, "SELECT * FROM transfer WHERE state NOT IN (?, ?, ?)");
        Binder(rows) << qint64(State::Done) << qint64(State::Duplicate) << qint64(State::Cancelled);
        QList<Transfer> seen;
        while (rows.executeStep())
            seen.append(transferFrom(rows));
        sortByAge(seen);
        return seen;
    });
}

QFuture<Result<void>> OutboxStore::put(const QList<Transfer>& transfers)
{
    return m_database->run([this, transfers](SQLite::Database& database) -> Result<void> {
        if (auto owned = takeOwnership(); !owned)
            return failure(owned.error());
        SQLite::Statement statement(database, kPut);
        for (const Transfer& transfer : transfers)
            write(statement, transfer, m_self);
        return {};
    });
}

QFuture<Result<void>> OutboxStore::remove(const QStringList& keys)
{
    return m_database->run([keys](SQLite::Database& database) -> Result<void> {
        SQLite::Statement statement(database, "DELETE FROM transfer WHERE key = ?");
        for (const QString& key : keys) {
            Binder(statement) << key;
            statement.exec();
        }
        return {};
    });
}

} // namespace vitrine::transfer
