// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/diskcalls.h"
#include "tests/watching/watcherfixture.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <cerrno>
#include <functional>

using namespace vitrine;
using namespace vitrine::watching;
using namespace Qt::StringLiterals;
using test::await;
using test::diskcalls::Kind;
using test::diskcalls::StepIn;
using Handling = WatchedFolder::Handling;
using Change = std::function<QFuture<Result<void>>(WatchLedger&, const QString&)>;

/// Rules that somebody changes while files are in hand, and folders that cannot all be read.
class TestWatchRules : public test::WatcherFixture
{
    Q_OBJECT

private Q_SLOTS:
    void stricterRuleHoldsForWhatIsBeingRead_data();
    void stricterRuleHoldsForWhatIsBeingRead();
    void folderThatCannotBeSeenWhollyIsNotTaken();
    void folderThatCannotBeSeenWhollyAnyMoreIsSaid();
    void fileThatCannotBeReadIsSaidOnce_data();
    void fileThatCannotBeReadIsSaidOnce();
    void whoeverEndsWaitsForAFewFilesOnly();

private:
    /// Moved into place, so that it is opened by nobody but the watcher.
    QString moveIn(const QString& name, int seed)
    {
        const QString made = write(u"part"_s, seed);
        const bool isMoved = QFile::rename(made, inFolder(name));
        return isMoved ? inFolder(name) : QString();
    }
};

void TestWatchRules::stricterRuleHoldsForWhatIsBeingRead_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("isShared");
    QTest::addColumn<bool>("isProposed");
    QTest::newRow("frosted for others") << Change([](WatchLedger& ledger, const QString& folder) {
        return ledger.put({folder, Handling::Shared, true}, {});
    }) << true << false;
    QTest::newRow("proposed") << Change([](WatchLedger& ledger, const QString& folder) {
        return ledger.put({folder, Handling::Proposed, true}, {});
    }) << false << true;
    QTest::newRow("watched no more")
        << Change([](WatchLedger& ledger, const QString& folder) { return ledger.remove(folder); })
        << false << false;
}

void TestWatchRules::stricterRuleHoldsForWhatIsBeingRead()
{
    QFETCH(const Change, change);
    QFETCH(const bool, isShared);
    QFETCH(const bool, isProposed);
    const QTemporaryDir elsewhere;
    VERIFY_OK(await(m_watcher->put({elsewhere.path(), Handling::Shared, true})));
    watch(Handling::Shared, false);
    WatchLedger other(m_account->filePath(u"watched.db"_s));
    std::atomic<bool> isChanged = false;
    const StepIn stepIn("/a.jpg", [&](Kind kind) {
        if (kind == Kind::Open && !isChanged.exchange(true))
            change(other, m_folder->path()).waitForFinished();
        return 0;
    });
    const QString file = moveIn(u"a.jpg"_s, 1);
    QTRY_VERIFY_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), isChanged.load()),
                             test::kPatience);
    const QString last =
        test::writeTo(elsewhere.path(), u"b.jpg"_s, test::jpeg(test::picture({32, 24}, 2)));
    QStringList expected{last};
    if (isShared)
        expected += file;
    expected.sort();
    TRY_SOURCES(expected);
    for (const transfer::Transfer& transfer : m_outbox->transfers())
        QVERIFY(transfer.isPrivate);
    const QStringList proposed = isProposed ? QStringList{file} : QStringList();
    QCOMPARE(m_watcher->proposals(), proposed);
    startRun(); // the ledger has it, too
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), proposed, test::kPatience);
}

// What was not seen would be new later, and go out.
void TestWatchRules::folderThatCannotBeSeenWhollyIsNotTaken()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"away"_s));
    write(u"away/old.jpg"_s, 1);
    {
        const StepIn stepIn("away", [](Kind) { return ENOTCONN; });
        QVERIFY(!await(m_watcher->put({m_folder->path(), Handling::Shared, false})));
    }
    QVERIFY(await(m_watcher->folders())->isEmpty());
    watch(Handling::Shared, false);
    const QString fresh = write(u"away/new.jpg"_s, 2);
    TRY_SOURCES(QStringList{fresh});
}

void TestWatchRules::folderThatCannotBeSeenWhollyAnyMoreIsSaid()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"away"_s));
    watch(Handling::Shared);
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    const StepIn stepIn("away", [](Kind) { return ENOTCONN; });
    const QString fresh = write(u"new.jpg"_s, 1);
    TRY_SOURCES(QStringList{fresh});
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(0).toString(), inFolder(u"away"_s));
}

void TestWatchRules::fileThatCannotBeReadIsSaidOnce_data()
{
    QTest::addColumn<bool>("isOpened");
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("forbidden") << false << EACCES << ErrorKind::PermissionDenied;
    QTest::newRow("a broken disk") << true << EIO << ErrorKind::Storage;
}

// And it goes out when it can be read.
void TestWatchRules::fileThatCannotBeReadIsSaidOnce()
{
    QFETCH(const bool, isOpened);
    QFETCH(const int, code);
    QFETCH(const ErrorKind, kind);
    watch(Handling::Shared);
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    QStringList expected{inFolder(u"b.jpg"_s), inFolder(u"c.jpg"_s)};
    {
        const StepIn stepIn("/a.jpg",
                            [&](Kind call) { return (call == Kind::Read) == isOpened ? code : 0; });
        QVERIFY(!moveIn(u"a.jpg"_s, 1).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), failed.size()), 1,
                                  test::kPatience);
        QCOMPARE(failed.first().at(0).toString(), inFolder(u"a.jpg"_s));
        QCOMPARE(failed.first().at(1).value<Error>().kind, kind);
        write(u"b.jpg"_s, 2);
        write(u"c.jpg"_s, 3);
        TRY_SOURCES(expected);
    }
    expected += {inFolder(u"a.jpg"_s), write(u"d.jpg"_s, 4)};
    expected.sort();
    TRY_SOURCES(expected);
    QCOMPARE(failed.size(), 1);
}

// A slow disk keeps nobody who closes a window.
void TestWatchRules::whoeverEndsWaitsForAFewFilesOnly()
{
    constexpr int kMany = 100;
    watch(Handling::Proposed);
    std::atomic<bool> isEnding = false;
    std::atomic<int> opened = 0, openedLater = 0;
    const StepIn stepIn(".jpg", [&](Kind kind) {
        if (kind != Kind::Open)
            return 0;
        ++opened;
        if (isEnding)
            ++openedLater;
        QThread::msleep(20); // the disk's slowness itself: nothing here waits for it to be over
        return 0;
    });
    for (int i = 0; i < kMany; ++i)
        QVERIFY(!moveIn(u"%1.jpg"_s.arg(i), i).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), opened > 0), test::kPatience);
    isEnding = true;
    m_watcher.reset();
    QVERIFY2(openedLater < kMany / 4, qPrintable(QString::number(openedLater)));
}

QTEST_GUILESS_MAIN(TestWatchRules)
#include "tst_watchrules.moc"
