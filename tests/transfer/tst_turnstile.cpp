// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/turnstile.h"

#include <QTest>

#include <memory>

using namespace vitrine;
using namespace vitrine::transfer;

class TestTurnstile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsInByTurns();
    void widensAtOnce();
    void nobodyIsThrownOut();
    void whoIsTurnedAwayTakesNoPlace();
    void whoWaitsIsCancelledWithIt();
};

void TestTurnstile::letsInByTurns()
{
    Turnstile turnstile(1);
    QVERIFY(!turnstile.isFull());
    const auto first = turnstile.enter();
    const auto second = turnstile.enter();
    const auto third = turnstile.enter();
    QVERIFY(first.isFinished() && !second.isFinished());
    QVERIFY(turnstile.isFull());
    turnstile.leave();
    QVERIFY(second.isFinished() && !third.isFinished());
    turnstile.leave();
    QVERIFY(third.isFinished());
    turnstile.leave();
    QVERIFY(!turnstile.isFull());
}

void TestTurnstile::widensAtOnce()
{
    Turnstile turnstile(1);
    const QList entries{turnstile.enter(), turnstile.enter(), turnstile.enter(), turnstile.enter()};
    turnstile.setWidth(3);
    QVERIFY(entries[1].isFinished() && entries[2].isFinished());
    QVERIFY(!entries[3].isFinished());
}

void TestTurnstile::nobodyIsThrownOut()
{
    Turnstile turnstile(3);
    const QList entries{turnstile.enter(), turnstile.enter(), turnstile.enter(), turnstile.enter()};
    turnstile.setWidth(1);
    turnstile.leave();
    turnstile.leave();
    QVERIFY(!entries[3].isFinished());
    turnstile.leave();
    QVERIFY(entries[3].isFinished());
}

void TestTurnstile::whoIsTurnedAwayTakesNoPlace()
{
    Turnstile turnstile(1);
    const auto first = turnstile.enter();
    const auto second = turnstile.enter();
    turnstile.turnAway();
    QVERIFY(first.result().has_value());
    QCOMPARE(second.result().error().kind, ErrorKind::Cancelled);
    turnstile.leave();
    QVERIFY(!turnstile.isFull());
}

void TestTurnstile::whoWaitsIsCancelledWithIt()
{
    auto turnstile = std::make_unique<Turnstile>(0);
    const auto entry = turnstile->enter();
    turnstile.reset();
    QVERIFY(entry.isCanceled());
}

QTEST_GUILESS_MAIN(TestTurnstile)
#include "tst_turnstile.moc"
