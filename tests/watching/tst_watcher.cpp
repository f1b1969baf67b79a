// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "app/watching/watcher.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QNetworkAccessManager>
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

namespace {

constexpr int kPatience = 30'000; // milliseconds; sanitizers are slow

/// Waits until the outbox has just these. Time passes meanwhile, so that files get quiet.
#define TRY_SOURCES(expected)                                                                      \
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), sources()),                  \
                              QStringList(expected), kPatience)

} // namespace

class TestWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
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
    void innermostFolderDecides_data();
    void innermostFolderDecides();
    void twoWaysToOnePlaceAreTheStricterOne();
    void claimOfTheSameFileStaysClaimed();
    void outerFolderLeavesTheInnerOneAlone();
    void whatWasThereBeforeIsNotSharedByItself_data();
    void whatWasThereBeforeIsNotSharedByItself();
    void foldersThatCannotBeReadAreWatchedOn();
    void thousandsAtOnce();
    void oneProcessWatches();
    void folderThatIsNotThereIsSaid();
    void folderOfAnotherMountIsNotNew();
    void oddFilesDoNoHarm();
    void removedFolderIsLeftAlone();

private:
    void startRun();
    void watch(Handling handling, bool isPrivate = true);
    QString write(const QString& name, int seed);
    QStringList sources() const;
    QString inFolder(const QString& name) const { return m_folder->filePath(name); }

    const SystemClock m_systemClock;
    test::FakeClock m_clock; // of the watcher
    const imaging::InProcessPictureReader m_pictures;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    std::unique_ptr<QTemporaryDir> m_account;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<transfer::Outbox> m_outbox;
    std::unique_ptr<Watcher> m_watcher;
};

void TestWatcher::init()
{
    m_watcher.reset();
    m_outbox.reset();
    m_account = std::make_unique<QTemporaryDir>();
    m_folder = std::make_unique<QTemporaryDir>();
    startRun();
}

void TestWatcher::startRun()
{
    m_watcher.reset();
    m_outbox.reset();
    m_outbox = std::make_unique<transfer::Outbox>(
        m_account->path(), m_client, m_pictures, m_systemClock,
        [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    VERIFY_OK(await(m_outbox->load()));
    m_watcher = std::make_unique<Watcher>(m_account->path(), *m_outbox, m_clock);
    m_watcher->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_watcher->isWatching(), kPatience);
}

void TestWatcher::watch(Handling handling, bool isPrivate)
{
    VERIFY_OK(await(m_watcher->put({m_folder->path(), handling, isPrivate})));
}

QString TestWatcher::write(const QString& name, int seed)
{
    return test::writeTo(m_folder->path(), name, test::jpeg(test::picture({32, 24}, seed)));
}

QStringList TestWatcher::sources() const
{
    QStringList files;
    for (const transfer::Transfer& transfer : m_outbox->transfers())
        files += transfer.source;
    files.sort();
    return files;
}

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
    QTRY_COMPARE_WITH_TIMEOUT(sources(), QStringList{whole}, kPatience); // and not the other one
    slow.write(bytes.sliced(100));
    slow.close();
    QTRY_COMPARE_WITH_TIMEOUT(sources(), QStringList({slow.fileName(), whole}), kPatience);
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
    QTRY_COMPARE_WITH_TIMEOUT(shared.size(), 1, kPatience);
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
                              QStringList{fresh}, kPatience);
    QVERIFY(sources().isEmpty());
    startRun();
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList{fresh}, kPatience);
    QCOMPARE(m_watcher->takeProposals(), QStringList{fresh});
    QVERIFY(m_watcher->proposals().isEmpty());
    startRun(); // before anything came of them
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), QStringList{fresh}, kPatience);
    m_watcher->settleProposals(m_watcher->takeProposals());
    startRun();
    const QString next = write(u"next.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList{next}, kPatience);
}

void TestWatcher::proposalThatIsGoneIsNoMore()
{
    watch(Handling::Proposed);
    const QString gone = write(u"gone.jpg"_s, 1);
    const QString stays = write(u"stays.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), 2, kPatience);
    m_watcher.reset();
    QVERIFY(QFile::remove(gone));
    startRun();
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), QStringList{stays}, kPatience);
    write(u"gone.jpg"_s, 1); // it is back, and news
    QTRY_COMPARE_WITH_TIMEOUT((m_clock.advance(Settling::kQuietTime), m_watcher->proposals()),
                              QStringList({stays, gone}), kPatience);
}

void TestWatcher::innermostFolderDecides_data()
{
    QTest::addColumn<bool>("isOuterFirst");
    QTest::newRow("outer folder first") << true;
    QTest::newRow("inner folder first") << false;
}

void TestWatcher::innermostFolderDecides()
{
    QFETCH(const bool, isOuterFirst);
    QVERIFY(QDir(m_folder->path()).mkpath(u"Family"_s));
    QVERIFY(QDir(m_folder->path()).mkpath(u"Familiar"_s));
    const WatchedFolder outer{m_folder->path(), Handling::Shared, false};
    const WatchedFolder inner{inFolder(u"Family"_s), Handling::Shared, true};
    VERIFY_OK(await(m_watcher->put(isOuterFirst ? outer : inner)));
    VERIFY_OK(await(m_watcher->put(isOuterFirst ? inner : outer)));
    const QString family = write(u"Family/a.jpg"_s, 1);
    const QString familiar = write(u"Familiar/b.jpg"_s, 2);
    const QString other = write(u"c.jpg"_s, 3);
    TRY_SOURCES(QStringList({familiar, family, other}));
    for (const transfer::Transfer& transfer : m_outbox->transfers())
        QCOMPARE(transfer.isPrivate, transfer.source == family);
}

void TestWatcher::twoWaysToOnePlaceAreTheStricterOne()
{
    const QTemporaryDir elsewhere;
    const QString link = elsewhere.filePath(u"a link"_s);
    QVERIFY(QFile::link(m_folder->path(), link));
    VERIFY_OK(await(m_watcher->put({link, Handling::Shared, true})));
    VERIFY_OK(await(m_watcher->put({m_folder->path(), Handling::Shared, false})));
    write(u"a.jpg"_s, 1);
    TRY_SOURCES(QStringList{link + u"/a.jpg"_s});
    QVERIFY(m_outbox->transfers().first().isPrivate);
    write(u"b.jpg"_s, 2);
    TRY_SOURCES(QStringList({link + u"/a.jpg"_s, link + u"/b.jpg"_s}));
}

void TestWatcher::claimOfTheSameFileStaysClaimed()
{
    WatchLedger ledger(m_account->filePath(u"watched.db"_s));
    const NewFile file{*stampOf(write(u"a.jpg"_s, 1)), "1", m_folder->path()};
    QCOMPARE(await(ledger.claim({{file, State::Claimed}, {file, State::Claimed}}))->size(), 1);
    QCOMPARE(await(ledger.claim({{file, State::Claimed}}))->size(), 0);
    const auto pending = await(ledger.pending());
    VERIFY_OK(pending);
    QCOMPARE(pending->size(), 1); // for the next run, if this one ends here
    QCOMPARE(pending->first().state, State::Claimed);
}

void TestWatcher::outerFolderLeavesTheInnerOneAlone()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"inner"_s));
    VERIFY_OK(await(m_watcher->put({inFolder(u"inner"_s), Handling::Proposed, true})));
    const QString waits = write(u"inner/waits.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), QStringList{waits}, kPatience);
    m_watcher.reset();
    const QString unseen = write(u"inner/unseen.jpg"_s, 2);
    const QString old = write(u"old.jpg"_s, 3);
    {
        Watcher other(m_account->path(), *m_outbox, m_clock); // does not look by itself
        VERIFY_OK(await(other.put({m_folder->path(), Handling::Shared, false})));
    }
    startRun();
    QTRY_COMPARE_WITH_TIMEOUT(
        (m_clock.advance(Settling::kQuietTime), m_watcher->proposals().size()), 2, kPatience);
    QCOMPARE(m_watcher->proposals(), QStringList({waits, unseen}));
    VERIFY_OK(await(m_watcher->remove(m_folder->path())));
    QCOMPARE(m_watcher->proposals(), QStringList({waits, unseen}));
    QVERIFY(sources().isEmpty());
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
                              isProposed ? QStringList{old} : QStringList(), kPatience);
}

void TestWatcher::foldersThatCannotBeReadAreWatchedOn()
{
    watch(Handling::Shared);
    const QString known = write(u"0.jpg"_s, 3);
    TRY_SOURCES(QStringList{known});
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    SQLite::Database ledger(m_account->filePath(u"watched.db"_s).toStdString(),
                            SQLite::OPEN_READWRITE, int(kPatience));
    ledger.exec("ALTER TABLE folder RENAME TO away");
    const QString first = write(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
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
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), kMany, 4 * kPatience);
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

void TestWatcher::folderThatIsNotThereIsSaid()
{
    const auto missing = await(m_watcher->put({inFolder(u"missing"_s), Handling::Shared, true}));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NoSuchFolder);
    watch(Handling::Shared);
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    QVERIFY(QDir(m_folder->path()).removeRecursively());
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(failed.first().at(0).toString(), m_folder->path());
}

// A mount that vanishes and comes back may number its files anew.
void TestWatcher::folderOfAnotherMountIsNotNew()
{
    const QString old = write(u"old.jpg"_s, 1);
    const QDateTime changed = QFileInfo(old).lastModified();
    watch(Handling::Shared);
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    const QString away = m_folder->path() + u"-away"_s;
    QVERIFY(QDir().rename(m_folder->path(), away));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);

    QVERIFY(QDir().mkpath(m_folder->path()));
    QVERIFY(QFile::copy(away + u"/old.jpg"_s, old)); // another inode
    QFile again(old);
    QVERIFY(again.open(QIODevice::ReadWrite));
    QVERIFY(again.setFileTime(changed, QFileDevice::FileModificationTime));
    again.close();
    watch(Handling::Shared); // looks at once, and not when it is time to
    const QString fresh = write(u"new.jpg"_s, 2);
    TRY_SOURCES(QStringList{fresh});
    QVERIFY(QDir(away).removeRecursively());
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

void TestWatcher::removedFolderIsLeftAlone()
{
    watch(Handling::Proposed);
    write(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), 1, kPatience);
    VERIFY_OK(await(m_watcher->remove(m_folder->path())));
    QVERIFY(m_watcher->proposals().isEmpty());
    QVERIFY(await(m_watcher->folders())->isEmpty());
    startRun();
    QVERIFY(m_watcher->proposals().isEmpty());
}

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
