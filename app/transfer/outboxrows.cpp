// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outboxrows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr storage::Migration kOutboxMigrations[] = {
    "CREATE TABLE transfer("
    "  key TEXT PRIMARY KEY, owner TEXT NOT NULL, created INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  state INTEGER NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, image_id TEXT NOT NULL,"
    "  alt TEXT NOT NULL, is_private INTEGER NOT NULL, keep_metadata INTEGER NOT NULL,"
    "  again INTEGER NOT NULL, patch TEXT NOT NULL, revision INTEGER NOT NULL,"
    "  spool TEXT NOT NULL, type TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,"
    "  attempts INTEGER NOT NULL, error_kind INTEGER, error_detail TEXT) STRICT;",
    "ALTER TABLE transfer ADD COLUMN fit INTEGER NOT NULL DEFAULT 0;",
    "ALTER TABLE transfer ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE transfer ADD COLUMN may_have_arrived INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE transfer ADD COLUMN removed TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE transfer ADD COLUMN is_copy INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE transfer ADD COLUMN item TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE transfer ADD COLUMN is_forgotten INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE transfer ADD COLUMN writer TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE transfer ADD COLUMN change INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE transfer ADD COLUMN place INTEGER NOT NULL DEFAULT 0;"
    "UPDATE transfer SET change = rowid, place = created;"
    "CREATE INDEX transfer_by_change ON transfer(change);"
    "CREATE INDEX transfer_by_sha256 ON transfer(sha256);"
    "CREATE INDEX transfer_by_place ON transfer(place);"
    "CREATE TABLE counter(value INTEGER NOT NULL) STRICT;"
    "INSERT INTO counter SELECT COALESCE(MAX(MAX(change), MAX(place)), 0) FROM transfer;"
    "CREATE TABLE request("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, act INTEGER NOT NULL,"
    "  patch TEXT NOT NULL, revision INTEGER NOT NULL) STRICT;"
    "CREATE TABLE pause(owner TEXT PRIMARY KEY) STRICT;",
    // What was being sent (3) by a version that did not note when an upload (0) left.
    "ALTER TABLE transfer ADD COLUMN sent_as TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE transfer ADD COLUMN listed_before TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE transfer ADD COLUMN is_taken_back INTEGER NOT NULL DEFAULT 0;"
    "UPDATE transfer SET may_have_arrived = 1 WHERE kind = 0 AND state = 3;",
    "ALTER TABLE transfer ADD COLUMN is_read_back INTEGER NOT NULL DEFAULT 0;",
    // Of the last error, in milliseconds: what the server asked for, and when that is over.
    "ALTER TABLE transfer ADD COLUMN retry_after INTEGER NOT NULL DEFAULT -1;"
    "ALTER TABLE transfer ADD COLUMN retry_at INTEGER NOT NULL DEFAULT 0;",
    "ALTER TABLE request ADD COLUMN undo_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE transfer ADD COLUMN takes_alt INTEGER NOT NULL DEFAULT 0;",
};

// A row's key, owner, creation and place stay as they were.
constexpr char kPut[] =
    "INSERT INTO transfer(key, owner, created, place, change, writer, kind, state, name, source,"
    "  image_id, alt, takes_alt, is_private, keep_metadata, again, fit, patch, revision, "
    "held_until, spool,"
    "  type, sha256, bytes, removed, is_copy, may_have_arrived, sent_as, listed_before,"
    "  is_taken_back, item, is_read_back, attempts, error_kind, error_detail, retry_after,"
    "  retry_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT(key) DO UPDATE SET change = excluded.change, writer = excluded.writer,"
    "  state = excluded.state, name = excluded.name, image_id = excluded.image_id,"
    "  alt = excluded.alt, takes_alt = excluded.takes_alt, is_private = excluded.is_private, patch "
    "= excluded.patch,"
    "  revision = excluded.revision, held_until = excluded.held_until, spool = excluded.spool,"
    "  type = excluded.type, sha256 = excluded.sha256, bytes = excluded.bytes,"
    "  removed = excluded.removed, is_copy = excluded.is_copy,"
    "  may_have_arrived = excluded.may_have_arrived, sent_as = excluded.sent_as,"
    "  listed_before = excluded.listed_before, is_taken_back = excluded.is_taken_back,"
    "  item = excluded.item, is_read_back = excluded.is_read_back,"
    "  attempts = excluded.attempts, error_kind = excluded.error_kind,"
    "  error_detail = excluded.error_detail, retry_after = excluded.retry_after,"
    "  retry_at = excluded.retry_at";

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

template <typename... Values>
void execute(SQLite::Database& database, const char* sql, const Values&... values)
{
    SQLite::Statement statement(database, sql);
    Binder binder(statement);
    (binder << ... << values);
    statement.exec();
}

/// The numbers of the next \a count changes: the first of them.
qint64 nextChanges(SQLite::Database& database, qint64 count)
{
    SQLite::Statement counter(database,
                              "UPDATE counter SET value = value + ? RETURNING value - ? + 1");
    Binder(counter) << count << count;
    counter.executeStep();
    const qint64 first = counter.getColumn(0).getInt64();
    while (counter.executeStep()) {
    }
    return first;
}

QString compact(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject object(const QString& text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QString numbers(const QList<imaging::MetadataKind>& kinds)
{
    QStringList texts;
    for (const imaging::MetadataKind kind : kinds)
        texts.append(QString::number(int(kind)));
    return texts.join(u' ');
}

QList<imaging::MetadataKind> kinds(const QString& numbers)
{
    QList<imaging::MetadataKind> kinds;
    for (const QString& number : numbers.split(u' ', Qt::SkipEmptyParts))
        kinds.append(imaging::MetadataKind(number.toInt()));
    return kinds;
}

QString textOf(const QList<Words>& all)
{
    QJsonArray array;
    for (const Words& words : all)
        array.append(toJson(protocol::ImagePatch{words.alt, words.isPrivate}));
    return array.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(array).toJson());
}

QList<Words> wordsFrom(const QString& text)
{
    QList<Words> all;
    for (const auto& value : QJsonDocument::fromJson(text.toUtf8()).array()) {
        const auto patch = protocol::patchFromJson(value.toObject());
        if (patch)
            all.append({patch->alt.value_or(QString()), patch->isPrivate.value_or(false)});
    }
    return all;
}

QString text(SQLite::Statement& row, const char* column)
{
    const SQLite::Column value = row.getColumn(column);
    return QString::fromUtf8(value.getText(), value.getBytes());
}

qint64 number(SQLite::Statement& row, const char* column)
{
    return row.getColumn(column).getInt64();
}

QDateTime time(SQLite::Statement& row, const char* column)
{
    return QDateTime::fromMSecsSinceEpoch(number(row, column)).toUTC();
}

std::chrono::milliseconds retryAfter(const Transfer& transfer)
{
    const std::chrono::milliseconds none(-1);
    return transfer.error ? transfer.error->retryAfter.value_or(none) : none;
}

void write(SQLite::Statement& statement, const Transfer& transfer, const QString& writer,
           qint64 change)
{
    const bool isHeld = transfer.heldUntil.isValid();
    Binder(statement)
        << transfer.key << writer << transfer.created.toMSecsSinceEpoch() << change << change
        << writer << qint64(transfer.kind) << qint64(transfer.state) << transfer.name
        << transfer.source << transfer.imageId << transfer.alt << qint64(transfer.takesAlt)
        << qint64(transfer.isPrivate) << qint64(transfer.keepMetadata) << qint64(transfer.again)
        << qint64(transfer.fit) << compact(toJson(transfer.patch)) << transfer.revision
        << (isHeld ? transfer.heldUntil.toMSecsSinceEpoch() : qint64(0)) << transfer.spool
        << transfer.type << QString::fromLatin1(transfer.sha256.toHex()) << transfer.bytes
        << numbers(transfer.removed) << qint64(transfer.isCopy) << qint64(transfer.mayHaveArrived)
        << textOf(transfer.sentAs) << transfer.listedBefore.join(u'\n')
        << qint64(transfer.isTakenBack)
        << (transfer.item ? compact(toJson(*transfer.item)) : QString())
        << qint64(transfer.isReadBack) << qint64(transfer.attempts)
        << (transfer.error ? qint64(transfer.error->kind) : qint64(-1))
        << (transfer.error ? transfer.error->detail : QString()) << retryAfter(transfer).count()
        << (transfer.retryAt.isValid() ? transfer.retryAt.toMSecsSinceEpoch() : qint64(0));
    statement.exec();
}

void readOutcome(SQLite::Statement& row, Transfer& transfer)
{
    transfer.removed = kinds(text(row, "removed"));
    transfer.isCopy = number(row, "is_copy") != 0;
    transfer.mayHaveArrived = number(row, "may_have_arrived") != 0;
    transfer.sentAs = wordsFrom(text(row, "sent_as"));
    transfer.listedBefore = text(row, "listed_before").split(u'\n', Qt::SkipEmptyParts);
    transfer.isTakenBack = number(row, "is_taken_back") != 0;
    transfer.isReadBack = number(row, "is_read_back") != 0;
    transfer.attempts = int(number(row, "attempts"));
    if (const auto item = protocol::imageFromJson(object(text(row, "item"))))
        transfer.item = *item;
    if (number(row, "error_kind") >= 0)
        transfer.error = Error{ErrorKind(number(row, "error_kind")), text(row, "error_detail"), {}};
    if (const qint64 asked = number(row, "retry_after"); asked >= 0 && transfer.error)
        transfer.error->retryAfter = std::chrono::milliseconds(asked);
    if (number(row, "retry_at") > 0)
        transfer.retryAt = time(row, "retry_at");
}

Transfer transferFrom(SQLite::Statement& row)
{
    Transfer transfer;
    transfer.key = text(row, "key");
    transfer.owner = text(row, "owner");
    transfer.created = time(row, "created");
    transfer.kind = Kind(number(row, "kind"));
    transfer.state = State(number(row, "state"));
    transfer.name = text(row, "name");
    transfer.source = text(row, "source");
    transfer.imageId = text(row, "image_id");
    transfer.alt = text(row, "alt");
    transfer.takesAlt = number(row, "takes_alt") != 0;
    transfer.isPrivate = number(row, "is_private") != 0;
    transfer.keepMetadata = number(row, "keep_metadata") != 0;
    transfer.again = number(row, "again") != 0;
    transfer.fit = number(row, "fit") != 0;
    const auto patch = protocol::patchFromJson(object(text(row, "patch")));
    transfer.patch = patch.value_or(protocol::ImagePatch{});
    transfer.revision = number(row, "revision");
    if (number(row, "held_until") > 0)
        transfer.heldUntil = time(row, "held_until");
    transfer.spool = text(row, "spool");
    transfer.type = text(row, "type");
    transfer.sha256 = QByteArray::fromHex(text(row, "sha256").toLatin1());
    transfer.bytes = number(row, "bytes");
    readOutcome(row, transfer);
    return transfer;
}

QList<Transfer> allFrom(SQLite::Statement& rows)
{
    QList<Transfer> transfers;
    while (rows.executeStep())
        transfers.append(transferFrom(rows));
    return transfers;
}

QStringList textsFrom(SQLite::Statement& rows)
{
    QStringList texts;
    while (rows.executeStep())
        texts.append(QString::fromUtf8(rows.getColumn(0).getText()));
    return texts;
}

} // namespace

namespace rows {

std::span<const storage::Migration> migrations()
{
    return kOutboxMigrations;
}

qint64 latestChange(SQLite::Database& database)
{
    return database.execAndGet("SELECT value FROM counter").getInt64();
}

void put(SQLite::Database& database, const QList<Transfer>& transfers, const QString& writer)
{
    qint64 change = nextChanges(database, transfers.size());
    SQLite::Statement statement(database, kPut);
    for (const Transfer& transfer : transfers)
        write(statement, transfer, writer, change++);
}

void forget(SQLite::Database& database, const QStringList& keys, const QString& writer)
{
    const qint64 change = nextChanges(database, 1);
    for (const QString& key : keys)
        execute(database,
                "UPDATE transfer SET is_forgotten = 1, change = ?, writer = ? WHERE key = ?",
                change, writer, key);
}

void moveFirst(SQLite::Database& database, const QStringList& keys, const QString& writer)
{
    qint64 change = nextChanges(database, keys.size());
    for (auto key = keys.crbegin(); key != keys.crend(); ++key)
        execute(database,
                "UPDATE transfer SET place = (SELECT MIN(place) - 1 FROM transfer), change = ?,"
                " writer = ? WHERE key = ?",
                change++, writer, *key);
}

QList<Transfer> changed(SQLite::Database& database, qint64 since, const QString& reader)
{
    SQLite::Statement rows(database, "SELECT * FROM transfer WHERE change > ? AND writer <> ?"
                                     " AND NOT is_forgotten ORDER BY place");
    Binder(rows) << since << reader;
    return allFrom(rows);
}

QStringList forgotten(SQLite::Database& database, qint64 since, const QString& reader)
{
    SQLite::Statement rows(
        database, "SELECT key FROM transfer WHERE change > ? AND writer <> ? AND is_forgotten");
    Binder(rows) << since << reader;
    return textsFrom(rows);
}

QList<Transfer> open(SQLite::Database& database)
{
    SQLite::Statement rows(database, "SELECT * FROM transfer WHERE state NOT IN (?, ?, ?)"
                                     " AND NOT is_forgotten ORDER BY place");
    Binder(rows) << qint64(State::Done) << qint64(State::Duplicate) << qint64(State::Cancelled);
    return allFrom(rows);
}

QString sharedAs(SQLite::Database& database, const QByteArray& sha256)
{
    SQLite::Statement rows(database,
                           "SELECT key FROM transfer WHERE sha256 = ? AND kind = ? AND state = ?");
    Binder(rows) << QString::fromLatin1(sha256.toHex()) << qint64(Kind::Upload)
                 << qint64(State::Done);
    return textsFrom(rows).value(0);
}

void dropFinished(SQLite::Database& database, const QString& survivor)
{
    execute(database,
            "DELETE FROM transfer WHERE owner <> ? AND (is_forgotten OR state IN (?, ?, ?))",
            survivor, qint64(State::Done), qint64(State::Duplicate), qint64(State::Cancelled));
}

void addRequest(SQLite::Database& database, const Request& request)
{
    execute(database, "INSERT INTO request(key, act, patch, undo_ms, revision) VALUES(?,?,?,?,?)",
            request.key, qint64(request.act), compact(toJson(request.patch)),
            qint64(request.undoTime.count()), request.revision);
}

QList<Request> requests(SQLite::Database& database)
{
    SQLite::Statement rows(database, "SELECT * FROM request ORDER BY number");
    QList<Request> requests;
    while (rows.executeStep()) {
        const auto patch = protocol::patchFromJson(object(text(rows, "patch")));
        requests.append({.key = text(rows, "key"),
                         .act = Request::Act(number(rows, "act")),
                         .patch = patch.value_or(protocol::ImagePatch{}),
                         .undoTime = std::chrono::milliseconds(number(rows, "undo_ms")),
                         .revision = number(rows, "revision"),
                         .number = number(rows, "number")});
    }
    return requests;
}

void dropRequest(SQLite::Database& database, qint64 number)
{
    execute(database, "DELETE FROM request WHERE number = ?", number);
}

QStringList pausedOwners(SQLite::Database& database)
{
    SQLite::Statement rows(database, "SELECT owner FROM pause");
    return textsFrom(rows);
}

void setPaused(SQLite::Database& database, const QString& owner, bool isPaused)
{
    if (isPaused)
        execute(database, "INSERT OR IGNORE INTO pause VALUES(?)", owner);
    else
        execute(database, "DELETE FROM pause WHERE owner = ?", owner);
}

} // namespace rows
} // namespace vitrine::transfer
