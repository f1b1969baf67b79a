// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/groupcommit.h"
#include "tests/support/filecalls.h"
#include "tests/support/futures.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

constexpr std::array<storage::Migration, 1> kSchema{"CREATE TABLE n (value INTEGER UNIQUE)"};

void insert(SQLite::Database& database, int value)
{
    database.exec("INSERT INTO n VALUES (" + std::to_string(value) + ")");
}

} // namespace

class tst_GroupCommit final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatWaitsSharesOneCommit();
    void failuresTakeNobodyAlong();
    void aCommitThatFailsIsToldToAll();

private:
    int rows();
    /// Runs \a works so that all but the first wait at the same time.
    std::vector<Result<void>> runTogether(const std::vector<GroupCommit::Work>& works);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<GroupCommit> m_commit;
};

void tst_GroupCommit::init()
{
    m_commit.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_commit = std::make_unique<GroupCommit>(
        *storage::Database::open(m_directory->filePath(u"rows"_s), kSchema));
}

int tst_GroupCommit::rows()
{
    SQLite::Database database(m_directory->filePath(u"rows"_s).toStdString());
    return database.execAndGet("SELECT count(*) FROM n").getInt();
}

std::vector<Result<void>> tst_GroupCommit::runTogether(const std::vector<GroupCommit::Work>& works)
{
    std::vector<Result<void>> outcomes(works.size());
    std::vector<std::thread> threads;
    std::latch begun(1);
    std::atomic<size_t> onTheWay = 0;
    threads.emplace_back([&] {
        outcomes[0] = m_commit->run([&](SQLite::Database& database) {
            begun.count_down();
            while (onTheWay < works.size() - 1)
                std::this_thread::yield(); // holds the commit until the others are here
            return works[0](database);
        });
    });
    begun.wait();
    for (size_t i = 1; i < works.size(); ++i) {
        threads.emplace_back([&, i] {
            ++onTheWay;
            outcomes[i] = m_commit->run(works[i]);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    return outcomes;
}

void tst_GroupCommit::whatWaitsSharesOneCommit()
{
    std::vector<GroupCommit::Work> works;
    for (int i = 0; i < 20; ++i) {
        works.push_back([i](SQLite::Database& database) {
            insert(database, i);
            return true;
        });
    }
    test::filecalls::watch();
    for (const auto& outcome : runTogether(works))
        VERIFY_OK(outcome);
    QCOMPARE(rows(), 20);
    QVERIFY(test::filecalls::seen().size() < 20);
}

void tst_GroupCommit::failuresTakeNobodyAlong()
{
    const auto outcomes = runTogether({
        [](SQLite::Database& database) {
            insert(database, 1);
            return true;
        },
        [](SQLite::Database& database) {
            insert(database, 2);
            return false; // thinks better of it
        },
        [](SQLite::Database& database) {
            insert(database, 3);
            insert(database, 3);
            return true;
        },
        [](SQLite::Database& database) -> bool {
            insert(database, 4);
            throw std::runtime_error("no");
        },
        [](SQLite::Database& database) {
            insert(database, 5);
            return true;
        },
    });
    VERIFY_OK(outcomes[0]);
    VERIFY_OK(outcomes[1]);
    QVERIFY(!outcomes[2]);
    QCOMPARE(outcomes[3].error().kind, ErrorKind::Internal);
    VERIFY_OK(outcomes[4]);
    QCOMPARE(rows(), 2);
}

void tst_GroupCommit::aCommitThatFailsIsToldToAll()
{
    const auto work = [](int value) {
        return [value](SQLite::Database& database) {
            insert(database, value);
            return true;
        };
    };
    test::filecalls::watch(0); // the first fsync
    const auto outcomes = runTogether({work(1), work(2)});
    test::filecalls::watch();
    QVERIFY(!outcomes[0]);
    // The other one shared that commit, or had one of its own: what it was told is so.
    QCOMPARE(rows(), outcomes[1] ? 1 : 0);
}

QTEST_GUILESS_MAIN(tst_GroupCommit)
#include "tst_groupcommit.moc"
