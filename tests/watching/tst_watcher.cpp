// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/watching/watcherfixture.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <sys/stat.h>

using namespace vitrine;
using namespace vitrine::watching;
using namespace Qt::StringLiterals;
using test::await;
using Handling = WatchedFolder::Handling;
using State = WatchLedger::State;

/// One folder: what is new in it, and what becomes of that.
class TestWatcher : public test::WatcherFixture
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatComesLaterIsNew();
    void whatEverybodyWillSeeCanBeTakenBack();
    void fileBelowIsNewToo();
    void whatIsBeingWrittenIsWaitedFor();
    void whatIsMovedIntoPlaceIsWhole();
    void whatCameWhileNobodyWatchedIsShared();
    void nothingIsSharedTwiceAfterARestart();
    void sameBytesUnderAnotherNameAreKnown();
    void whatACrashLeftIsSharedOnce();
    void proposalsWaitForSomebody();
    void proposalThatIsGoneIsNoMore();
    void whatWasThereBeforeIsNotSharedByItself_data();
    void whatWasThereBeforeIsNotSharedByItself();
    void oldFileOfAnotherMountMayMove_data();
    void oldFileOfAnotherMountMayMove();
    void foldersThatCannotBeReadAreWatchedOn();
    void thousandsAtOnce();
    void oneProcessWatches();
    void folderOfAnotherProcessIsWatchedAtOnce();
    void folderThatAnotherProcessRemovesIsLeftAlone();
    void folderThatIsNotThereIsSaid();
    void oddFilesDoNoHarm();
};

void TestWatcher::onlyWhatComesLaterIsNew()
{
    write(u"old.jpg"_s, 1);
    watch(Handling::Shared, false);
    const QString fresh = write(u"new.jpg"_s, 2);
    test::writeTo(m_folder->path(), u"notes.txt"_s, "no picture");
    TRY_SOURCES(QStringList{fresh});
    QVERIFY(!m_outbox->transfers().first().isPrivate);
    QVERIFY(!m_outbox->transfers().first().keepMetadata);
}

void TestWatcher::whatEverybodyWillSeeCanBeTakenBack()
{
    m_watcher->setUndoTime([] { return std::chrono::hours(1); });
    QSignalSpy held(m_watcher.get(), &Watcher::held);
    watch(Handling::Shared, true);
    const QString hidden = write(u"private.jpg"_s, 1);
    TRY_SOURCES(QStringList{hidden});
    QVERIFY(!m_outbox->transfers().first().heldUntil.isValid());
    QCOMPARE(held.size(), 0);

    watch(Handling::Shared, false);
    const QString shown = write(u"public.jpg"_s, 2);
    TRY_SOURCES(QStringList({hidden, shown}));
    const transfer::Transfer& transfer = m_outbox->transfers().last();
    QVERIFY(m_outbox->isHeld(transfer.key));
    QTRY_COMPARE(held.size(), 1);
    QCOMPARE(held[0][0].toStringList(), QStringList{transfer.key});
    QCOMPARE(held[0][1].value<std::chrono::milliseconds>(), std::chrono::hours(1));
    m_outbox->cancel(transfer.key);
    QTRY_COMPARE(m_outbox->find(transfer.key)->state, transfer::State::Cancelled);
}

void TestWatcher::fileBelowIsNewToo()
{
    watch(Handling::Shared);
    QVERIFY(QDir(m_folder->path()).mkpath(u"2026/May"_s));
    const QString fresh = write(u"2026/May/new.jpg"_s, 2);
    TRY_SOURCES(QStringList{fresh});
    QVERIFY(m_outbox->transfers().first().isPrivate);
}

void TestWatcher::whatIsBeingWrittenIsWaitedFor()
{
    watch(Handling::Shared);
    const QByteArray bytes = test::jpeg(test::picture({64, 48}));
    QFile slow(inFolder(u"slow.jpg"_s));
    QVERIFY(slow.open(QIODevice::WriteOnly));
    slow.write(bytes.first(100));
    slow.flush();
    const QString whole = write(u"whole.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT(sources(), QStringList{whole},
                              test::kPatience); // and not the other one
    slow.write(bytes.sliced(100));
    slow.close();
    QTRY_COMPARE_WITH_TIMEOUT(sources(), QStringList({slow.fileName(), whole}), test::kPatience);
}

void TestWatcher::whatIsMovedIntoPlaceIsWhole()
{
    watch(Handling::Shared);
    const QTemporaryDir elsewhere(m_folder->path() + u"-XXXXXX"_s); // on the same file system
    const QString before =
        test::writeTo(elsewhere.path(), u"part"_s, test::jpeg(test::picture({32, 24})));
    QVERIFY(QFile::rename(before, inFolder(u"a.jpg"_s)));
    TRY_SOURCES(QStringList{inFolder(u"a.jpg"_s)});
}

void TestWatcher::whatCameWhileNobodyWatchedIsShared()
{
    watch(Handling::Shared);
    m_watcher.reset();
    const QString fresh = write(u"new.jpg"_s, 2);
    startRun();
    TRY_SOURCES(QStringList{fresh}); // nobody saw it being closed
}

void TestWatcher::nothingIsSharedTwiceAfterARestart()
{
    watch(Handling::Shared);
    const QString first = write(u"first.jpg"_s, 1);
    QSignalSpy shared(m_watcher.get(), &Watcher::shared);
    TRY_SOURCES(QStringList{first});
    QTRY_COMPARE_WITH_TIMEOUT(shared.size(), 1, test::kPatience);
    startRun();
    const QString second = write(u"second.jpg"_s, 2);
    TRY_SOURCES(QStringList({first, second})); // one row each: nothing is sent here
}

void TestWatcher::sameBytesUnderAnotherNameAreKnown()
{
    watch(Handling::Shared);
    const QString first = write(u"first.jpg"_s, 1);
    TRY_SOURCES(QStringList{first});
    write(u"copy.jpg"_s, 1);
    const QString last = write(u"last.jpg"_s, 2);
    TRY_SOURCES(QStringList({first, last}));
}

void TestWatcher::whatACrashLeftIsSharedOnce()
{
    watch(Handling::Shared);
    m_watcher.reset();
    const QString handedOver = write(u"handed-over.jpg"_s, 1);
    const QString lost = write(u"lost.jpg"_s, 2);
    VERIFY_OK(await(m_outbox->share({{.source = handedOver}})));
    {
        WatchLedger ledger(m_account->filePath(u"watched.db"_s));
        const NewFile one{*stampOf(handedOver), "1", m_folder->path()};
        const NewFile two{*stampOf(lost), "2", m_folder->path()};
        VERIFY_OK(await(ledger.claim({{one, State::Claimed}, {two, State::Claimed}})));
    }
    startRun();
    TRY_SOURCES(QStringList({handedOver, lost}));
    startRun();
    const QString last = write(u"z.jpg"_s, 3);
    TRY_SOURCES(QStringList({handedOver, lost, last}));
}

void TestWatcher::proposalsWaitForSomebody()
{
    watch(Handling::Proposed);
    const QString fresh = write(u"new.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList{fresh}, test::kPatience);
    QVERIFY(sources().isEmpty());
    startRun();
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList{fresh}, test::kPatience);
    QCOMPARE(m_watcher->takeProposals(), QStringList{fresh});
    QVERIFY(m_watcher->proposals().isEmpty());
    startRun(); // before anything came of them
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), QStringList{fresh}, test::kPatience);
    m_watcher->settleProposals(m_watcher->takeProposals());
    startRun();
    const QString next = write(u"next.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList{next}, test::kPatience);
}

void TestWatcher::proposalThatIsGoneIsNoMore()
{
    watch(Handling::Proposed);
    const QString gone = write(u"gone.jpg"_s, 1);
    const QString stays = write(u"stays.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), 2, test::kPatience);
    m_watcher.reset();
    QVERIFY(QFile::remove(gone));
    startRun();
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), QStringList{stays}, test::kPatience);
    write(u"gone.jpg"_s, 1); // it is back, and news
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList({stays, gone}), test::kPatience);
}

void TestWatcher::whatWasThereBeforeIsNotSharedByItself_data()
{
    QTest::addColumn<bool>("isLarger");
    QTest::addColumn<bool>("isProposed");
    QTest::newRow("another time") << false << false;
    QTest::newRow("another size") << true << true;
}

void TestWatcher::whatWasThereBeforeIsNotSharedByItself()
{
    QFETCH(const bool, isLarger);
    QFETCH(const bool, isProposed);
    const QString old = write(u"old.jpg"_s, 1);
    watch(Handling::Shared, false);
    QFile file(old);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Append));
    if (isLarger)
        file.write("a rating");
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-7200),
                             QFileDevice::FileModificationTime));
    file.close();
    const QString fresh = write(u"new.jpg"_s, 2);
    TRY_SOURCES(QStringList{fresh});
    startRun(); // and what is left of the other is done with
    const QString last = write(u"z.jpg"_s, 3);
    TRY_SOURCES(QStringList({fresh, last}));
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              isProposed ? QStringList{old} : QStringList(), test::kPatience);
}

void TestWatcher::oldFileOfAnotherMountMayMove_data()
{
    QTest::addColumn<bool>("isSeenBefore");
    QTest::newRow("after somebody has looked") << true;
    QTest::newRow("while nobody watches") << false;
}

// A mount may have another number each time, by which its old files are known when they move.
void TestWatcher::oldFileOfAnotherMountMayMove()
{
    QFETCH(const bool, isSeenBefore);
    const QString old = write(u"old.jpg"_s, 1);
    watch(Handling::Shared, false);
    m_watcher.reset();
    SQLite::Database ledger(m_account->filePath(u"watched.db"_s).toStdString(),
                            SQLite::OPEN_READWRITE, int(test::kPatience));
    QCOMPARE(ledger.exec("UPDATE file SET device = device + 1"), 1);
    QStringList expected;
    if (isSeenBefore) {
        startRun();
        expected += write(u"a.jpg"_s, 2);
        TRY_SOURCES(expected);
        QVERIFY(QFile::rename(old, inFolder(u"moved.jpg"_s)));
    } else {
        QVERIFY(QFile::rename(old, inFolder(u"moved.jpg"_s)));
        startRun();
    }
    expected += write(u"b.jpg"_s, 3);
    TRY_SOURCES(expected);
    startRun(); // and what is left of the other is done with
    expected += write(u"c.jpg"_s, 4);
    TRY_SOURCES(expected);
    const QStringList proposed{inFolder(u"moved.jpg"_s)};
    QCOMPARE(m_watcher->proposals(), isSeenBefore ? QStringList() : proposed);
}

void TestWatcher::foldersThatCannotBeReadAreWatchedOn()
{
    watch(Handling::Shared);
    const QString known = write(u"0.jpg"_s, 3);
    TRY_SOURCES(QStringList{known});
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    SQLite::Database ledger(m_account->filePath(u"watched.db"_s).toStdString(),
                            SQLite::OPEN_READWRITE, int(test::kPatience));
    ledger.exec("ALTER TABLE folder RENAME TO away");
    const QString first = write(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);
    QCOMPARE(failed.first().at(0).toString(), m_folder->path());
    QVERIFY(!await(m_watcher->put({inFolder(u""_s), Handling::Shared, true})));
    ledger.exec("ALTER TABLE away RENAME TO folder");
    const QString second = write(u"b.jpg"_s, 2);
    TRY_SOURCES(QStringList({known, first, second}));
}

void TestWatcher::thousandsAtOnce()
{
    constexpr int kMany = 2'000;
    watch(Handling::Proposed);
    for (int i = 0; i < kMany; ++i)
        test::writeTo(m_folder->path(), u"%1.jpg"_s.arg(i), QByteArray::number(i));
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), kMany, 4 * test::kPatience);
    const QStringList all = m_watcher->proposals();
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), kMany);
}

void TestWatcher::oneProcessWatches()
{
    Watcher other(m_account->path(), *m_outbox, m_clock);
    other.start();
    VERIFY_OK(await(other.put({m_folder->path(), Handling::Shared, true})));
    watch(Handling::Shared); // looks at once, and not in a minute
    write(u"a.jpg"_s, 1);
    TRY_SOURCES(QStringList{inFolder(u"a.jpg"_s)});
    QVERIFY(!other.isWatching());
}

// Also by one that had none before, and nothing to look at.
void TestWatcher::folderOfAnotherProcessIsWatchedAtOnce()
{
    Watcher other(m_account->path(), *m_outbox, m_clock);
    VERIFY_OK(await(other.put({m_folder->path(), Handling::Shared, true})));
    const QString fresh = write(u"a.jpg"_s, 1);
    TRY_SOURCES(QStringList{fresh});
}

void TestWatcher::folderThatAnotherProcessRemovesIsLeftAlone()
{
    watch(Handling::Proposed);
    write(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), 1, test::kPatience);
    Watcher other(m_account->path(), *m_outbox, m_clock);
    VERIFY_OK(await(other.remove(m_folder->path())));
    QTRY_VERIFY_WITH_TIMEOUT(m_watcher->proposals().isEmpty(), test::kPatience);
}

void TestWatcher::folderThatIsNotThereIsSaid()
{
    const auto missing = await(m_watcher->put({inFolder(u"missing"_s), Handling::Shared, true}));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NoSuchFolder);
    watch(Handling::Shared);
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    QVERIFY(QDir(m_folder->path()).removeRecursively());
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);
    QCOMPARE(failed.first().at(0).toString(), m_folder->path());
}

// "The outbox", row 15, as far as it is of folders
void TestWatcher::oddFilesDoNoHarm()
{
    watch(Handling::Shared);
    QCOMPARE(::mkfifo(QFile::encodeName(inFolder(u"pipe.jpg"_s)).constData(), 0600), 0);
    QVERIFY(QFile::link(inFolder(u"loop.jpg"_s), inFolder(u"loop.jpg"_s)));
    QVERIFY(QFile::link(inFolder(u"nothing"_s), inFolder(u"dangling.jpg"_s)));
    QVERIFY(QFile::link(m_folder->path(), inFolder(u"round"_s)));
    QVERIFY(QDir(m_folder->path()).mkpath(u"folder.jpg"_s));
    test::writeTo(m_folder->path(), u"empty.jpg"_s, {});
    const QString name = u"a \"b\"\n%22 ⛵.jpg"_s;
    const QString fresh = write(name, 1);
    TRY_SOURCES(QStringList{fresh});
}

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
