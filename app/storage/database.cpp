// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/database.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace vitrine::storage {
namespace {

using namespace Qt::StringLiterals;

constexpr int kBusyTimeoutMs = 5000;
constexpr int kBetweenTriesMs = 5;

// SQLite makes files with the umask's mode; made first, with ours, its -wal and -shm follow suit.
// One that is there is left alone: closing any descriptor of a file drops all locks that the
// process has on it, and another process would then take the WAL away from under the open
// connections.
void createPrivately(const QByteArray& path)
{
    const int descriptor = ::open(path.constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
}

// SQLite would open it to read, and give the -wal and -shm a mode that outlasts the trouble.
Result<void> checkWritable(const QByteArray& path)
{
    if (::faccessat(AT_FDCWD, path.constData(), W_OK, AT_EACCESS) == 0)
        return {};
    return failure(ErrorKind::PermissionDenied, QFile::decodeName(path));
}

// For the first time of a new file. SQLite's busy handler, which sleeps as well, is not asked where
// two switch at once: one of them would wait for a lock that the other cannot give.
void writeAhead(SQLite::Database& connection)
{
    for (const QDeadlineTimer deadline(kBusyTimeoutMs);;) {
        try {
            connection.exec("PRAGMA journal_mode = WAL");
            return;
        } catch (const SQLite::Exception& exception) {
            if (exception.getErrorCode() != SQLITE_BUSY || deadline.hasExpired())
                throw;
        }
        QThread::msleep(kBetweenTriesMs);
    }
}

Result<void> migrate(SQLite::Database& connection, std::span<const Migration> migrations)
{
    const auto version = [&] { return connection.execAndGet("PRAGMA user_version").getInt(); };
    if (version() > int(migrations.size()))
        return failure(ErrorKind::Storage, u"the data were written by a newer Vitrine"_s);
    while (version() < int(migrations.size())) {
        SQLite::Transaction step(connection, SQLite::TransactionBehavior::IMMEDIATE);
        const int current = version(); // again: another process may have been faster
        if (current < int(migrations.size())) {
            connection.exec(migrations[size_t(current)]);
            connection.exec("PRAGMA user_version = " + std::to_string(current + 1));
        }
        step.commit();
    }
    return {};
}

} // namespace

Result<Database> Database::open(const QString& path, std::span<const Migration> migrations)
{
    return guarded([&]() -> Result<Database> {
        const QByteArray name = QFile::encodeName(path);
        createPrivately(name);
        if (auto writable = checkWritable(name); !writable)
            return failure(writable.error());
        auto connection = std::make_unique<SQLite::Database>(
            name.constData(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs);
        writeAhead(*connection);
        connection->exec("PRAGMA synchronous = FULL;"
                         "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
        if (auto migrated = migrate(*connection, migrations); !migrated)
            return failure(migrated.error());
        return Database(std::move(connection));
    });
}

Result<Database> Database::openToRead(const QString& path, std::span<const Migration> migrations)
{
    if (!QFile::exists(path))
        return failure(ErrorKind::NotFound, path);
    return guarded([&]() -> Result<Database> {
        auto connection = std::make_unique<SQLite::Database>(QFile::encodeName(path).constData(),
                                                             SQLite::OPEN_READONLY, kBusyTimeoutMs);
        connection->exec("PRAGMA trusted_schema = OFF");
        if (connection->execAndGet("PRAGMA user_version").getInt() != int(migrations.size()))
            return failure(ErrorKind::InvalidInput,
                           u"another version of Vitrine wrote the data; open them with this one "
                           "first"_s);
        return Database(std::move(connection));
    });
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_connection->getHandle()) == 0;
}

Error Database::errorFrom(const SQLite::Exception& exception)
{
    const QString detail = u"SQLite %1: %2"_s.arg(exception.getExtendedErrorCode())
                               .arg(QString::fromUtf8(exception.getErrorStr()));
    switch (exception.getErrorCode()) {
    case SQLITE_FULL:
        return {ErrorKind::DiskFull, detail, {}};
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorKind::PermissionDenied, detail, {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Busy, detail, {}};
    default:
        return {ErrorKind::Storage, detail, {}};
    }
}

} // namespace vitrine::storage
