// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/settling.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace vitrine::watching;
using namespace Qt::StringLiterals;

namespace {

FileStamp stamp(qint64 size, qint64 changed = 1)
{
    return {u"/camera/a.jpg"_s, 1, 2, size, changed};
}

} // namespace

class TestSettling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growingFileIsWaitedFor();
    void closedFileIsNotWaitedFor();
    void closedWhileSomebodyLookedIsNotWaitedFor();
    void emptyFileIsWaitedFor();
    void emptyFileKeepsNobodyWaiting();
    void goneFileIsForgotten();
};

void TestSettling::growingFileIsWaitedFor()
{
    Settling settling;
    QVERIFY(settling.settled({stamp(10)}, 0s).isEmpty());
    QVERIFY(settling.settled({stamp(20)}, 5s).isEmpty());
    QVERIFY(settling.settled({stamp(20, 2)}, 10s).isEmpty()); // of the same size, and written to
    QVERIFY(settling.settled({stamp(20, 2)}, 11s).isEmpty());
    QVERIFY(settling.isWaiting());
    QCOMPARE(settling.settled({stamp(20, 2)}, 13s), QList<FileStamp>{stamp(20, 2)});
    QVERIFY(!settling.isWaiting());
}

void TestSettling::closedFileIsNotWaitedFor()
{
    Settling settling;
    settling.noteClosed(stamp(1).path);
    QCOMPARE(settling.settled({stamp(10)}, 0s), QList<FileStamp>{stamp(10)});
    QVERIFY(settling.settled({stamp(20)}, 1s).isEmpty()); // opened again
}

void TestSettling::closedWhileSomebodyLookedIsNotWaitedFor()
{
    for (const QList<FileStamp>& before : {QList<FileStamp>(), QList<FileStamp>{stamp(0)}}) {
        Settling settling;
        settling.noteClosed(stamp(1).path);
        QVERIFY(settling.settled(before, 0s).isEmpty());
        QCOMPARE(settling.settled({stamp(10)}, 0s), QList<FileStamp>{stamp(10)});
        settling.noteClosed(stamp(1).path);
        QVERIFY(settling.settled(before, 0s).isEmpty());
        QVERIFY(settling.settled(before, 0s).isEmpty());
        QVERIFY(settling.settled({stamp(10)}, 0s).isEmpty()); // too long ago to be of use
    }
}

void TestSettling::emptyFileIsWaitedFor()
{
    Settling settling;
    settling.noteClosed(stamp(1).path);
    QVERIFY(settling.settled({stamp(0)}, 0s).isEmpty());
    QVERIFY(settling.settled({stamp(0)}, 1h).isEmpty());
}

// Nobody has to look again for its sake: that it is filled is told, or seen from time to time.
void TestSettling::emptyFileKeepsNobodyWaiting()
{
    Settling settling;
    QVERIFY(settling.settled({stamp(0)}, 0s).isEmpty());
    QVERIFY(!settling.isWaiting());
    QVERIFY(settling.settled({stamp(10)}, 1s).isEmpty());
    QVERIFY(settling.isWaiting());
}

void TestSettling::goneFileIsForgotten()
{
    Settling settling;
    QVERIFY(settling.settled({stamp(10)}, 0s).isEmpty());
    QVERIFY(settling.settled({}, 1s).isEmpty());
    QVERIFY(!settling.isWaiting());
}

QTEST_GUILESS_MAIN(TestSettling)
#include "tst_settling.moc"
