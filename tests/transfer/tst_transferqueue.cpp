// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/transferqueue.h"

#include <QRandomGenerator>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTransferQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preparingIsBounded();
    void whatIsNotDueWaits();
    void aFileThatIsBeingWrittenIsTriedLater();
    void comingBackHurriesOnlyWhatLostTheLine_data();
    void comingBackHurriesOnlyWhatLostTheLine();
    void actsOnOneImageGoInOrder();
    void whatIsSentFirstTakesItsImageAlong();
    void twinsGoOneAfterTheOther();
    void editThatWasHandedInLateIsOnTopAllTheSame();
    void whateverHappenedOnlyWhatIsThereDecides();
};

namespace {

Transfer made(const QString& key, Kind kind, State state)
{
    Transfer transfer;
    transfer.key = key;
    transfer.kind = kind;
    transfer.state = state;
    return transfer;
}

/// What TransferQueue::revisionNow() is to give, by looking at every row.
qint64 revisionNow(const TransferQueue& queue, const Transfer& edit)
{
    qint64 revision = edit.revision;
    for (const Transfer& earlier : queue.transfers()) {
        const bool isBelow = earlier.kind == Kind::Edit && earlier.state == State::Done &&
                             earlier.imageId == edit.imageId && earlier.revision == revision;
        if (isBelow && earlier.item && earlier.item->revision == revision + 1)
            revision = earlier.item->revision;
    }
    return revision;
}

/// What TransferQueue::editsBehind() is to give, by looking at every row.
QStringList editsBehind(const TransferQueue& queue, const QString& imageId, qint64 before)
{
    QStringList keys;
    for (const Transfer& transfer : queue.transfers()) {
        if (transfer.kind == Kind::Edit && transfer.state == State::Waiting &&
            transfer.imageId == imageId && transfer.revision == before)
            keys.append(transfer.key);
    }
    return keys;
}

} // namespace

void TestTransferQueue::preparingIsBounded()
{
    TransferQueue queue;
    for (int i = 0; i < 100; ++i)
        queue.append(made(QString::number(i), Kind::Upload, State::Waiting));
    QCOMPARE(queue.startable(0ms, true).toPrepare, QStringList({u"0"_s, u"1"_s}));
}

void TestTransferQueue::whatIsNotDueWaits()
{
    TransferQueue queue;
    queue.append(made(u"a"_s, Kind::Upload, State::Ready));
    queue.setDue(u"a"_s, 5s);
    QVERIFY(queue.startable(4s, true).toSend.isEmpty());
    QVERIFY(queue.nextDue(4s) == std::optional(TransferQueue::Moment(5s)));
    QCOMPARE(queue.startable(5s, true).toSend, QStringList{u"a"_s});
    QVERIFY(queue.startable(5s, false).toSend.isEmpty());
}

void TestTransferQueue::aFileThatIsBeingWrittenIsTriedLater()
{
    TransferQueue queue;
    queue.append(made(u"a"_s, Kind::Upload, State::Waiting));
    queue.setPrepareDue(u"a"_s, 2s);
    QVERIFY(queue.startable(1s, true).toPrepare.isEmpty());
    QVERIFY(queue.nextDue(1s) == std::optional(TransferQueue::Moment(2s)));
    QCOMPARE(queue.startable(2s, true).toPrepare, QStringList{u"a"_s});
}

void TestTransferQueue::comingBackHurriesOnlyWhatLostTheLine_data()
{
    QTest::addColumn<std::optional<Error>>("error");
    QTest::addColumn<bool>("isHurried");
    using Cause = std::optional<Error>;
    QTest::newRow("lost") << Cause({ErrorKind::Network, {}, {}}) << true;
    QTest::newRow("undo time") << Cause() << false;
    QTest::newRow("told to wait") << Cause({ErrorKind::RateLimited, {}, 5min}) << false;
    QTest::newRow("told to wait, timed out") << Cause({ErrorKind::TimedOut, {}, 5min}) << false;
}

void TestTransferQueue::comingBackHurriesOnlyWhatLostTheLine()
{
    QFETCH(std::optional<Error>, error);
    QFETCH(bool, isHurried);
    TransferQueue queue;
    Transfer waiting = made(u"a"_s, Kind::Upload, State::Ready);
    waiting.error = error;
    queue.append(waiting);
    queue.setDue(u"a"_s, 5min);
    queue.hurry(5s);
    QCOMPARE(queue.startable(5s, true).toSend.isEmpty(), !isHurried);
}

void TestTransferQueue::actsOnOneImageGoInOrder()
{
    TransferQueue queue;
    for (const auto& [key, image] :
         {std::pair(u"1"_s, u"x"_s), std::pair(u"2"_s, u"x"_s), std::pair(u"3"_s, u"y"_s)}) {
        Transfer edit = made(key, Kind::Edit, State::Waiting);
        edit.imageId = image;
        queue.append(edit);
    }
    QCOMPARE(queue.startable(0ms, true).toSend, QStringList({u"1"_s, u"3"_s}));
    queue.find(u"1"_s)->state = State::Done;
    QCOMPARE(queue.startable(0ms, true).toSend, QStringList({u"2"_s, u"3"_s}));
}

void TestTransferQueue::whatIsSentFirstTakesItsImageAlong()
{
    TransferQueue queue;
    const auto append = [&queue](const QString& key, const QString& imageId, State state) {
        Transfer edit = made(key, Kind::Edit, state);
        edit.imageId = imageId;
        queue.append(edit);
    };
    append(u"through"_s, u"x"_s, State::Done);
    append(u"other"_s, u"y"_s, State::Waiting);
    append(u"earlier"_s, u"x"_s, State::Waiting);
    queue.append(made(u"upload"_s, Kind::Upload, State::Ready));
    append(u"wanted"_s, u"x"_s, State::Waiting);
    append(u"later"_s, u"x"_s, State::Waiting);
    QCOMPARE(queue.moveFirst(u"wanted"_s), QStringList({u"earlier"_s, u"wanted"_s}));
    QStringList keys;
    for (const Transfer& transfer : queue.transfers())
        keys.append(transfer.key);
    QCOMPARE(keys, QStringList({u"earlier"_s, u"wanted"_s, u"through"_s, u"other"_s, u"upload"_s,
                                u"later"_s}));
    QCOMPARE(queue.startable(0ms, true).toSend,
             QStringList({u"earlier"_s, u"other"_s, u"upload"_s}));
    QVERIFY(queue.moveFirst(u"through"_s).isEmpty());
    QVERIFY(queue.moveFirst(u"none"_s).isEmpty());
}

void TestTransferQueue::twinsGoOneAfterTheOther()
{
    TransferQueue queue;
    for (const auto& key : {u"1"_s, u"2"_s}) {
        Transfer upload = made(key, Kind::Upload, State::Ready);
        upload.sha256 = "same";
        queue.append(upload);
    }
    QCOMPARE(queue.startable(0ms, true).toSend, QStringList{u"1"_s});
    queue.find(u"1"_s)->state = State::Preparing;
    queue.find(u"1"_s)->sha256.clear();
    queue.find(u"2"_s)->state = State::Sending;
    queue.find(u"1"_s)->sha256 = "same";
    queue.find(u"1"_s)->state = State::Ready;
    QVERIFY(queue.startable(0ms, true).toSend.isEmpty());
    queue.find(u"2"_s)->state = State::Failed;
    QCOMPARE(queue.startable(0ms, true).toSend, QStringList{u"1"_s});
}

void TestTransferQueue::editThatWasHandedInLateIsOnTopAllTheSame()
{
    TransferQueue queue;
    Transfer first = made(u"1"_s, Kind::Edit, State::Done);
    first.imageId = u"x"_s;
    first.revision = 1;
    first.item = protocol::Image{.id = u"x"_s, .revision = 2};
    queue.append(first);
    Transfer late = made(u"2"_s, Kind::Edit, State::Waiting);
    late.imageId = u"x"_s;
    late.revision = 1;
    QCOMPARE(queue.revisionNow(late), 2);
    late.revision = 7; // made on something else
    QCOMPARE(queue.revisionNow(late), 7);
}

/// A queue that goes through anything is held against one that looks at every row.
void TestTransferQueue::whateverHappenedOnlyWhatIsThereDecides()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const auto any = [&](int count) { return random.bounded(count); };
    TransferQueue queue;
    QHash<QString, std::pair<TransferQueue::Moment, TransferQueue::Moment>> dues;
    const auto change = [&](Transfer& transfer) {
        transfer.state = State(any(int(State::Cancelled) + 1));
        if (transfer.kind == Kind::Upload && any(3) == 0)
            transfer.sha256 = QByteArray::number(any(10));
        transfer.revision = any(3);
        transfer.item = protocol::Image{.id = transfer.imageId, .revision = any(4)};
    };
    int number = 0;
    for (TransferQueue::Moment now{0}; now < 700ms; now += 1ms) {
        if (any(4) > 0) {
            Transfer transfer = made(QString::number(++number), Kind(any(3)), State::Waiting);
            transfer.imageId = transfer.kind == Kind::Upload ? QString() : QString::number(any(9));
            transfer.owner = QString::number(any(2));
            if (any(4) == 0)
                change(transfer);
            queue.append(transfer);
        }
        const QString key = QString::number(1 + any(number + 1));
        if (Transfer* transfer = queue.find(key); transfer && any(2) > 0)
            change(*transfer);
        if (any(8) == 0) {
            dues[key] = {now + any(50) * 1ms, now + any(50) * 1ms};
            queue.setDue(key, dues[key].first);
            queue.setPrepareDue(key, dues[key].second);
        }
        if (any(50) == 0)
            queue.moveFirst(key);
        if (any(200) == 0)
            queue.remove(queue.finished());
        if (any(50) == 0)
            queue.setPausedOwners(any(2) ? QSet<QString>{u"1"_s} : QSet<QString>());
        TransferQueue fresh;
        fresh.setPausedOwners(queue.pausedOwners());
        for (const Transfer& transfer : queue.transfers()) {
            fresh.append(transfer);
            fresh.setDue(transfer.key, dues.value(transfer.key).first);
            fresh.setPrepareDue(transfer.key, dues.value(transfer.key).second);
            fresh.find(transfer.key);
        }
        const bool maySend = any(3) > 0;
        const auto expected = fresh.startable(now, maySend);
        const auto startable = queue.startable(now, maySend);
        QCOMPARE(startable.toPrepare, expected.toPrepare);
        QCOMPARE(startable.toSend, expected.toSend);
        QVERIFY(queue.nextDue(now) == fresh.nextDue(now));
        QCOMPARE(queue.hasWorkAside(now), fresh.hasWorkAside(now));
        QCOMPARE(queue.hasUnfinished(), fresh.hasUnfinished());
        Transfer edit = made(u"next"_s, Kind::Edit, State::Waiting);
        edit.imageId = QString::number(any(9));
        edit.revision = any(3);
        QCOMPARE(queue.revisionNow(edit), revisionNow(queue, edit));
        QCOMPARE(queue.editsBehind(edit.imageId, edit.revision),
                 editsBehind(queue, edit.imageId, edit.revision));
    }
}

QTEST_GUILESS_MAIN(TestTransferQueue)
#include "tst_transferqueue.moc"
