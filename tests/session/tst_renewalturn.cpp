// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/renewalturn.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::RenewalTurn;
using test::await;

/// Whose turn it is among several processes.
class RenewalTurnTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNextGetsItWhenItIsGivenBack();
    void whoHasItForTooLongIsNotWaitedFor();
    void whereNothingCanBeLockedNobodyWaits();
    void whoGoesWhileWaitingIsNotMissed();

private:
    QString file() const { return m_directory.filePath(u"account/renewal.lock"_s); }

    QTemporaryDir m_directory;
};

void RenewalTurnTest::theNextGetsItWhenItIsGivenBack()
{
    RenewalTurn one(file());
    RenewalTurn other(file());
    auto first = await(one.take());
    VERIFY_OK(first);
    QVERIFY(*first);
    const auto second = other.take();
    const auto third = one.take();
    first = failure(ErrorKind::Cancelled);
    QTRY_VERIFY(second.isFinished() || third.isFinished());
    QVERIFY(second.isFinished() != third.isFinished());
}

void RenewalTurnTest::whoHasItForTooLongIsNotWaitedFor()
{
    RenewalTurn one(file());
    RenewalTurn other(file(), 1ms);
    const auto turn = await(one.take());
    VERIFY_OK(turn);
    QCOMPARE(await(other.take()).error().kind, ErrorKind::TimedOut);
}

void RenewalTurnTest::whereNothingCanBeLockedNobodyWaits()
{
    test::writeTo(m_directory.path(), u"taken"_s, "no directory");
    RenewalTurn turn(m_directory.filePath(u"taken/renewal.lock"_s));
    const auto taken = await(turn.take());
    VERIFY_OK(taken);
    QVERIFY(!*taken);
}

void RenewalTurnTest::whoGoesWhileWaitingIsNotMissed()
{
    RenewalTurn one(file());
    const auto turn = await(one.take());
    VERIFY_OK(turn);
    auto other = std::make_unique<RenewalTurn>(file());
    const auto waiting = other->take();
    other.reset();
    QTRY_VERIFY(waiting.isFinished());
    QCOMPARE(waiting.resultCount(), 0);
}

QTEST_GUILESS_MAIN(RenewalTurnTest)
#include "tst_renewalturn.moc"
