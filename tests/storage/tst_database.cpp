// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/databasethread.h"
#include "tests/support/futures.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vitrine;
using namespace vitrine::storage;
using namespace Qt::StringLiterals;
using test::await;

namespace {

constexpr Migration kOne[] = {"CREATE TABLE a(x INTEGER) STRICT"};
constexpr Migration kTwo[] = {"CREATE TABLE a(x INTEGER) STRICT", "ALTER TABLE a ADD y TEXT"};
constexpr Migration kBroken[] = {"CREATE TABLE a(x INTEGER) STRICT",
                                 "CREATE TABLE b(z INTEGER); CREATE TABLE a(again INTEGER)"};

Result<int> count(SQLite::Database& database)
{
    return database.execAndGet("SELECT count(*) FROM a").getInt();
}

/// Whether another process finds a lock of this one on the file.
bool isLockedForOthers(const QByteArray& path)
{
    const pid_t child = ::fork();
    if (child == 0) {
        struct flock lock = {};
        lock.l_type = F_WRLCK;
        const int descriptor = ::open(path.constData(), O_RDWR | O_CLOEXEC);
        const bool isTold = descriptor >= 0 && ::fcntl(descriptor, F_GETLK, &lock) == 0;
        ::_exit(isTold && lock.l_type != F_UNLCK ? 1 : 0);
    }
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 1;
}

} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void migratesStepByStep();
    void failedStepChangesNothing();
    void refusesANewerSchema();
    void filesArePrivate();
    void openingOnceMoreKeepsTheLocks();
    void failedWorkIsRolledBack();
    void thrownWorkIsAnError();
    void damagedFileIsAnError();
    void missingPlaceIsAnError();
    void workRunsInOrder();

private:
    QString path() const { return m_directory->filePath(u"data.db"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestDatabase::migratesStepByStep()
{
    {
        auto database = Database::open(path(), kOne);
        VERIFY_OK(database);
        database->connection().exec("INSERT INTO a VALUES(7)");
    }
    auto database = Database::open(path(), kTwo);
    VERIFY_OK(database);
    QCOMPARE(database->connection().execAndGet("SELECT x FROM a WHERE y IS NULL").getInt(), 7);
}

void TestDatabase::failedStepChangesNothing()
{
    QVERIFY(Database::open(path(), kOne));
    QVERIFY(!Database::open(path(), kBroken));
    auto database = Database::open(path(), kOne);
    VERIFY_OK(database);
    QVERIFY(!database->connection().tableExists("b"));
}

void TestDatabase::refusesANewerSchema()
{
    QVERIFY(Database::open(path(), kTwo));
    const auto older = Database::open(path(), kOne);
    QVERIFY(!older);
    QCOMPARE(older.error().kind, ErrorKind::Storage);
}

void TestDatabase::filesArePrivate()
{
    auto database = Database::open(path(), kOne);
    VERIFY_OK(database);
    database->connection().exec("INSERT INTO a VALUES(1)");
    for (const QString& file : {path(), path() + u"-wal"_s, path() + u"-shm"_s}) {
        struct stat status = {};
        QCOMPARE(::stat(qPrintable(file), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
    }
}

// Without the lock another process that leaves takes the write-ahead log away with it.
void TestDatabase::openingOnceMoreKeepsTheLocks()
{
    const auto first = Database::open(path(), kOne);
    VERIFY_OK(first);
    QVERIFY(isLockedForOthers(path().toUtf8()));
    const auto second = Database::open(path(), kOne);
    VERIFY_OK(second);
    QVERIFY(isLockedForOthers(path().toUtf8()));
}

void TestDatabase::failedWorkIsRolledBack()
{
    DatabaseThread database(path(), kOne);
    const auto failed = await(database.run([](SQLite::Database& connection) -> Result<void> {
        connection.exec("INSERT INTO a VALUES(1)");
        return failure(ErrorKind::Conflict);
    }));
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::Conflict);
    QCOMPARE(await(database.run(count)).value(), 0);
}

void TestDatabase::thrownWorkIsAnError()
{
    DatabaseThread database(path(), kOne);
    const auto failed = await(database.run([](SQLite::Database& connection) -> Result<void> {
        connection.exec("INSERT INTO a VALUES(1)");
        connection.exec("nonsense");
        return {};
    }));
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::Storage);
    QCOMPARE(await(database.run(count)).value(), 0);
}

void TestDatabase::damagedFileIsAnError()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    DatabaseThread database(path(), kOne);
    QVERIFY(!await(database.run(count)));
    QVERIFY(file.open(QIODevice::ReadOnly)); // and it was not thrown away
    QCOMPARE(file.readAll(), QByteArray(8192, 'x'));
}

void TestDatabase::missingPlaceIsAnError()
{
    QFile blocker(m_directory->filePath(u"file"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    DatabaseThread database(m_directory->filePath(u"file/data.db"_s), kOne);
    QVERIFY(!await(database.run(count)));
}

void TestDatabase::workRunsInOrder()
{
    DatabaseThread database(path(), kOne);
    for (int i = 0; i < 100; ++i) {
        database.run([i](SQLite::Database& connection) -> Result<void> {
            const int present = connection.execAndGet("SELECT count(*) FROM a").getInt();
            if (present == i)
                connection.exec("INSERT INTO a VALUES(1)");
            return {};
        });
    }
    QCOMPARE(await(database.run(count)).value(), 100);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
