// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"
#include "ui/transfers/transferrate.h"

#include <QTest>

using namespace std::chrono_literals;
using vitrine::test::FakeClock;
using vitrine::ui::TransferRate;

class TestTransferRate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSilentBeforeThereIsSomethingToMeasure()
    {
        FakeClock clock;
        TransferRate rate(clock);
        QCOMPARE(rate.bytesPerSecond(), 0.);
        rate.update(1'000'000);
        clock.advance(100ms);
        rate.update(2'000'000);
        QCOMPARE(rate.bytesPerSecond(), 0.);
        QVERIFY(!rate.timeFor(1));
    }

    void meansTheLastSeconds()
    {
        FakeClock clock;
        TransferRate rate(clock);
        for (int second = 0; second <= 10; ++second) {
            rate.update(second * 3'000'000);
            clock.advance(1s);
        }
        rate.update(11 * 3'000'000);
        QCOMPARE(rate.bytesPerSecond(), 3'000'000.);
        QCOMPARE(rate.timeFor(9'000'000).value(), 3s);
        QCOMPARE(rate.timeFor(9'000'001).value(), 4s);
    }

    void forgetsHowFastItOnceWas()
    {
        FakeClock clock;
        TransferRate rate(clock);
        rate.update(0);
        clock.advance(1s);
        rate.update(100'000'000);
        for (int second = 0; second < 10; ++second) {
            clock.advance(1s);
            rate.update(100'000'000 + (second + 1) * 1000);
        }
        QCOMPARE(rate.bytesPerSecond(), 1000.);
    }

    void standsStillWhenNothingMoves()
    {
        FakeClock clock;
        TransferRate rate(clock);
        rate.update(0);
        clock.advance(1s);
        rate.update(5'000'000);
        clock.advance(1min);
        QCOMPARE(rate.bytesPerSecond(), 0.);
        QVERIFY(!rate.timeFor(1));
    }

    void beginsAnewWithAnotherBatch()
    {
        FakeClock clock;
        TransferRate rate(clock);
        rate.update(50'000'000);
        clock.advance(1s);
        rate.update(0);
        clock.advance(1s);
        rate.update(2'000'000);
        QCOMPARE(rate.bytesPerSecond(), 2'000'000.);
    }
};

QTEST_GUILESS_MAIN(TestTransferRate)
#include "tst_transferrate.moc"
