// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/watching/watcherfixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::watching;
using namespace Qt::StringLiterals;
using test::await;
using Handling = WatchedFolder::Handling;
using State = WatchLedger::State;

/// Several folders, in each other or of one place: whose rules hold for a file.
class TestWatchedFolders : public test::WatcherFixture
{
    Q_OBJECT

private Q_SLOTS:
    void innermostFolderDecides_data();
    void innermostFolderDecides();
    void strictestWayIsTakenInAnyOrder();
    void twoWaysToOnePlaceAreTheStricterOne();
    void claimOfTheSameFileStaysClaimed();
    void outerFolderLeavesTheInnerOneAlone();
    void folderOfAnotherMountIsNotNew();
    void removedFolderIsLeftAlone();
};

void TestWatchedFolders::innermostFolderDecides_data()
{
    QTest::addColumn<bool>("isOuterFirst");
    QTest::newRow("outer folder first") << true;
    QTest::newRow("inner folder first") << false;
}

void TestWatchedFolders::innermostFolderDecides()
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

void TestWatchedFolders::strictestWayIsTakenInAnyOrder()
{
    const QList<WatchedFolder> folders{{u"/asked"_s, Handling::Proposed, false},
                                       {u"/frosted"_s, Handling::Shared, true},
                                       {u"/open"_s, Handling::Shared, false}};
    const auto firstOf = [&](const QStringList& ways) {
        QList<FileStamp> stamps;
        for (const QString& way : ways)
            stamps.append({way + u"/a.jpg"_s, 1, 2, 3, 4}); // one file
        const auto files = eachOnce(stamps, folders);
        return files.size() == 1 ? files.first().path : QString();
    };
    const QString asked = u"/asked"_s, frosted = u"/frosted"_s, open = u"/open"_s;
    QCOMPARE(firstOf({frosted, open}), u"/frosted/a.jpg"_s);
    QCOMPARE(firstOf({open, frosted}), u"/frosted/a.jpg"_s);
    QStringList ways{asked, frosted, open};
    do
        QCOMPARE(firstOf(ways), u"/asked/a.jpg"_s);
    while (std::next_permutation(ways.begin(), ways.end()));
}

void TestWatchedFolders::twoWaysToOnePlaceAreTheStricterOne()
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

void TestWatchedFolders::claimOfTheSameFileStaysClaimed()
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

void TestWatchedFolders::outerFolderLeavesTheInnerOneAlone()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"inner"_s));
    VERIFY_OK(await(m_watcher->put({inFolder(u"inner"_s), Handling::Proposed, true})));
    const QString waits = write(u"inner/waits.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals(), QStringList{waits}, test::kPatience);
    m_watcher.reset();
    const QString unseen = write(u"inner/unseen.jpg"_s, 2);
    const QString old = write(u"old.jpg"_s, 3);
    {
        Watcher other(m_account->path(), *m_outbox, m_clock); // does not look by itself
        VERIFY_OK(await(other.put({m_folder->path(), Handling::Shared, false})));
    }
    startRun();
    QTRY_COMPARE_WITH_TIMEOUT(
        (m_clock.advance(Settling::kQuietTime), m_watcher->proposals().size()), 2, test::kPatience);
    QCOMPARE(m_watcher->proposals(), QStringList({waits, unseen}));
    VERIFY_OK(await(m_watcher->remove(m_folder->path())));
    QCOMPARE(m_watcher->proposals(), QStringList({waits, unseen}));
    QVERIFY(sources().isEmpty());
}

// A mount that vanishes and comes back may number its files anew.
void TestWatchedFolders::folderOfAnotherMountIsNotNew()
{
    const QString old = write(u"old.jpg"_s, 1);
    const QDateTime changed = QFileInfo(old).lastModified();
    watch(Handling::Shared);
    QSignalSpy failed(m_watcher.get(), &Watcher::failed);
    const QString away = m_folder->path() + u"-away"_s;
    QVERIFY(QDir().rename(m_folder->path(), away));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);

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

void TestWatchedFolders::removedFolderIsLeftAlone()
{
    watch(Handling::Proposed);
    write(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_watcher->proposals().size(), 1, test::kPatience);
    VERIFY_OK(await(m_watcher->remove(m_folder->path())));
    QVERIFY(m_watcher->proposals().isEmpty());
    QVERIFY(await(m_watcher->folders())->isEmpty());
    startRun();
    QVERIFY(m_watcher->proposals().isEmpty());
}

QTEST_GUILESS_MAIN(TestWatchedFolders)
#include "tst_nestedfolders.moc"
