// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/watchledger.h"

#include <SQLiteCpp/VariadicBind.h>
#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace vitrine::watching {
namespace {

using State = WatchLedger::State;

constexpr storage::Migration kMigrations[] = {
    "CREATE TABLE folder(path TEXT PRIMARY KEY, handling INTEGER NOT NULL,"
    "  is_private INTEGER NOT NULL) STRICT;"
    "CREATE TABLE file(path TEXT NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL,"
    "  size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    "  state INTEGER NOT NULL, folder TEXT NOT NULL,"
    "  PRIMARY KEY(path, size, changed)) STRICT;"
    "CREATE INDEX file_inode ON file(device, inode, size, changed);"
    "CREATE INDEX file_sha256 ON file(sha256) WHERE sha256 <> '';"
    "CREATE INDEX file_state ON file(state) WHERE state <> 0;",
    "CREATE INDEX file_unread ON file(size, changed) WHERE sha256 = '';",
};

QString text(const SQLite::Column& column)
{
    return QString::fromUtf8(column.getText(), column.getBytes());
}

std::string hex(const QByteArray& bytes)
{
    return bytes.toHex().toStdString();
}

void write(SQLite::Statement& statement, const NewFile& file, State state)
{
    statement.reset();
    SQLite::bind(statement, file.stamp.path.toStdString(), int64_t(file.stamp.device),
                 int64_t(file.stamp.inode), int64_t(file.stamp.size), int64_t(file.stamp.changed),
                 hex(file.sha256), int(state), file.folder.toStdString());
    statement.exec();
}

constexpr char kPut[] = "INSERT OR REPLACE INTO file VALUES(?,?,?,?,?,?,?,?)";
// What waits already goes on waiting.
constexpr char kPutKnown[] =
    "INSERT INTO file VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(path, size, changed) DO UPDATE SET "
    "device = excluded.device, inode = excluded.inode, sha256 = excluded.sha256";
constexpr char kPutPresent[] = "INSERT OR IGNORE INTO file VALUES(?,?,?,?,?,?,?,?)";

bool hasAny(SQLite::Statement& statement)
{
    const bool isThere = statement.executeStep();
    statement.reset();
    return isThere;
}

/// Tells whether a file that is seen is known.
class Memory
{
public:
    explicit Memory(SQLite::Database& database)
        : m_byPath(database,
                   "SELECT device, inode FROM file WHERE path = ? AND size = ? AND changed = ?")
        , m_byInode(database, "SELECT 1 FROM file WHERE device = ? AND inode = ? AND size = ? AND "
                              "changed = ?")
        , m_renumber(database, "UPDATE file SET device = ?, inode = ? WHERE path = ? AND size = ? "
                               "AND changed = ?")
    {}

    bool has(const FileStamp& stamp)
    {
        m_byPath.reset();
        SQLite::bind(m_byPath, stamp.path.toStdString(), int64_t(stamp.size),
                     int64_t(stamp.changed));
        if (m_byPath.executeStep()) {
            if (m_byPath.getColumn(0).getInt64() != int64_t(stamp.device) ||
                m_byPath.getColumn(1).getInt64() != int64_t(stamp.inode))
                renumber(stamp);
            return true;
        }
        SQLite::bind(m_byInode, int64_t(stamp.device), int64_t(stamp.inode), int64_t(stamp.size),
                     int64_t(stamp.changed));
        return hasAny(m_byInode);
    }

private:
    // So that it is known again when it moves, be it on a mount that numbers anew each time.
    void renumber(const FileStamp& stamp)
    {
        m_renumber.reset();
        SQLite::bind(m_renumber, int64_t(stamp.device), int64_t(stamp.inode),
                     stamp.path.toStdString(), int64_t(stamp.size), int64_t(stamp.changed));
        m_renumber.exec();
    }

    SQLite::Statement m_byPath;
    SQLite::Statement m_byInode;
    SQLite::Statement m_renumber;
};

/// Tells whether a file that has settled is new.
class Judge
{
public:
    explicit Judge(SQLite::Database& database)
        : m_byBytes(database, "SELECT 1 FROM file WHERE sha256 = ? AND sha256 <> ''")
        , m_before(database, "SELECT max(size = ?) FROM file WHERE path = ? AND sha256 = ''")
        , m_elsewhere(database, "SELECT 1 FROM file WHERE size = ? AND changed = ? AND sha256 = ''")
    {}

    State stateFor(const NewFile& file, State wanted)
    {
        m_byBytes.bind(1, hex(file.sha256));
        if (hasAny(m_byBytes))
            return State::Settled;
        SQLite::bind(m_before, int64_t(file.stamp.size), file.stamp.path.toStdString());
        m_before.executeStep();
        const bool wasThere = !m_before.getColumn(0).isNull();
        const bool isAsLarge = wasThere && m_before.getColumn(0).getInt() != 0;
        m_before.reset();
        if (isAsLarge)
            return State::Settled;
        SQLite::bind(m_elsewhere, int64_t(file.stamp.size), int64_t(file.stamp.changed));
        return wasThere || hasAny(m_elsewhere) ? State::Proposed : wanted;
    }

private:
    SQLite::Statement m_byBytes;
    // Of what was there before the folder was watched:
    SQLite::Statement m_before;    // under the same path
    SQLite::Statement m_elsewhere; // perhaps, under another path and number
};

} // namespace

WatchLedger::WatchLedger(const QString& path)
    : m_bell(path + QStringLiteral(".bell")), m_database(path, kMigrations)
{}

// Where there can be none, others see what changed when they look.
void WatchLedger::hangBell()
{
    if (!m_bell.isOpen())
        m_bell.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

/// The others are woken when it can be read.
template <typename Work>
auto WatchLedger::changeFolders(Work work)
{
    using Outcome = std::invoke_result_t<Work, SQLite::Database&>;
    const auto change = [this, work](SQLite::Database& database) -> Outcome {
        hangBell();
        return work(database);
    };
    return m_database.run(change).then([this](const Outcome& outcome) {
        if (outcome && m_bell.isOpen())
            ::futimens(m_bell.handle(), nullptr); // from whatever thread this is called
        return outcome;
    });
}

QFuture<Result<QList<WatchedFolder>>> WatchLedger::folders()
{
    return m_database.run([this](SQLite::Database& database) -> Result<QList<WatchedFolder>> {
        hangBell();
        QList<WatchedFolder> folders;
        SQLite::Statement rows(database, "SELECT path, handling, is_private FROM folder "
                                         "ORDER BY path");
        while (rows.executeStep())
            folders +=
                {text(rows.getColumn(0)), WatchedFolder::Handling(rows.getColumn(1).getInt()),
                 rows.getColumn(2).getInt() != 0};
        return folders;
    });
}

QFuture<Result<void>> WatchLedger::put(const WatchedFolder& folder, const QList<FileStamp>& present)
{
    return changeFolders([folder, present](SQLite::Database& database) -> Result<void> {
        SQLite::Statement row(database, "INSERT OR REPLACE INTO folder VALUES(?,?,?)");
        SQLite::bind(row, folder.path.toStdString(), int(folder.handling), int(folder.isPrivate));
        row.exec();
        SQLite::Statement file(database, kPutPresent);
        for (const FileStamp& stamp : present)
            write(file, {stamp, {}, folder.path}, State::Settled);
        return {};
    });
}

QFuture<Result<bool>> WatchLedger::change(const WatchedFolder& folder)
{
    return changeFolders([folder](SQLite::Database& database) -> Result<bool> {
        SQLite::Statement row(database,
                              "UPDATE folder SET handling = ?, is_private = ? WHERE path = ?");
        SQLite::bind(row, int(folder.handling), int(folder.isPrivate), folder.path.toStdString());
        return row.exec() > 0;
    });
}

QFuture<Result<void>> WatchLedger::remove(const QString& path)
{
    return changeFolders([path](SQLite::Database& database) -> Result<void> {
        for (const char* sql :
             {"DELETE FROM folder WHERE path = ?", "UPDATE file SET state = 0 WHERE folder = ?"}) {
            SQLite::Statement statement(database, sql);
            statement.bind(1, path.toStdString());
            statement.exec();
        }
        return {};
    });
}

QFuture<Result<QList<FileStamp>>> WatchLedger::unknown(const QList<FileStamp>& seen)
{
    return m_database.run([seen](SQLite::Database& database) -> Result<QList<FileStamp>> {
        QList<FileStamp> unknown;
        Memory memory(database);
        std::copy_if(seen.begin(), seen.end(), std::back_inserter(unknown),
                     [&](const FileStamp& stamp) { return !memory.has(stamp); });
        return unknown;
    });
}

QFuture<Result<QList<WatchLedger::Pending>>> WatchLedger::claim(const QList<Pending>& files)
{
    return m_database.run([files](SQLite::Database& database) -> Result<QList<Pending>> {
        QList<Pending> fresh;
        SQLite::Statement put(database, kPut);
        SQLite::Statement putKnown(database, kPutKnown);
        Judge judge(database);
        for (const auto& [file, wanted] : files) {
            const State state = judge.stateFor(file, wanted);
            write(state == State::Settled ? putKnown : put, file, state);
            if (state != State::Settled)
                fresh += {file, state};
        }
        return fresh;
    });
}

QFuture<Result<void>> WatchLedger::settle(const QStringList& paths)
{
    return runForEach(paths, "UPDATE file SET state = 0 WHERE path = ?");
}

QFuture<Result<void>> WatchLedger::propose(const QStringList& paths)
{
    return runForEach(paths, "UPDATE file SET state = 2 WHERE path = ? AND state = 1");
}

QFuture<Result<void>> WatchLedger::forget(const QStringList& paths)
{
    return runForEach(paths, "DELETE FROM file WHERE path = ? AND state <> 0");
}

QFuture<Result<void>> WatchLedger::runForEach(const QStringList& paths, const char* sql)
{
    return m_database.run([paths, sql](SQLite::Database& database) -> Result<void> {
        SQLite::Statement statement(database, sql);
        for (const QString& path : paths) {
            statement.reset();
            statement.bind(1, path.toStdString());
            statement.exec();
        }
        return {};
    });
}

QFuture<Result<QList<WatchLedger::Pending>>> WatchLedger::pending()
{
    return m_database.run([](SQLite::Database& database) -> Result<QList<Pending>> {
        QList<Pending> pending;
        SQLite::Statement rows(database, "SELECT path, device, inode, size, changed, sha256, "
                                         "folder, state FROM file WHERE state <> 0 ORDER BY rowid");
        while (rows.executeStep()) {
            const FileStamp stamp{text(rows.getColumn(0)), quint64(rows.getColumn(1).getInt64()),
                                  quint64(rows.getColumn(2).getInt64()),
                                  rows.getColumn(3).getInt64(), rows.getColumn(4).getInt64()};
            const auto sha256 = QByteArray::fromHex(text(rows.getColumn(5)).toLatin1());
            pending +=
                {{stamp, sha256, text(rows.getColumn(6))}, State(rows.getColumn(7).getInt())};
        }
        return pending;
    });
}

} // namespace vitrine::watching
