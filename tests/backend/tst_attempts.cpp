// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/attempts.h"
#include "app/backend/pixelbudget.h"
#include "tests/backend/fixture.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::backend;

/// What keeps one client from taking everything: the waits of refused credentials, the pixels of
/// decoding.
class tst_Attempts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsGrowAndAreForgiven();
    void networksWaitForThemselves();
    void guestsDoNotWait();
    void goodCredentialsNeverWait();
    void pixelsAreBounded();
    void giantsHaveTheBudgetAlone();
};

void tst_Attempts::waitsGrowAndAreForgiven()
{
    test::FakeClock clock;
    Attempts attempts(clock);
    auto last = 0ms;
    for (int i = 0; i < 4; ++i) {
        const auto wait = attempts.refused("192.0.2.1");
        QVERIFY(wait > last);
        last = wait;
    }
    QCOMPARE(attempts.refused("192.0.2.1"), last); // nobody waits for ever
    clock.advance(61s);
    QCOMPARE(attempts.refused("192.0.2.1"), 250ms);
}

void tst_Attempts::networksWaitForThemselves()
{
    test::FakeClock clock;
    Attempts attempts(clock);
    attempts.refused("192.0.2.1");
    QCOMPARE(attempts.refused("192.0.2.2"), 250ms);
    attempts.refused("2001:db8:1:2::1");
    QCOMPARE(attempts.refused("2001:db8:1:3::1"), 250ms);
    QCOMPARE(attempts.refused("2001:db8:1:2::99"), 500ms); // all of one network are one party
}

void tst_Attempts::guestsDoNotWait()
{
    test::Backend backend;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(backend.ask("GET", "/api/admin/images").delay, 0ms);
    QCOMPARE(backend.ask("GET", "/api/admin/images", {{"cf-access-token", "a.b.c"}}).delay, 250ms);
}

void tst_Attempts::goodCredentialsNeverWait()
{
    test::Backend backend;
    for (int i = 0; i < 20; ++i)
        backend.ask("GET", "/api/admin/images", {{"cf-access-token", "a.b.c"}});
    const auto response = backend.askAsOwner("GET", "/api/admin/images"); // from the same address
    QCOMPARE(response.status, 200);
    QCOMPARE(response.delay, 0ms);
}

void tst_Attempts::pixelsAreBounded()
{
    PixelBudget budget(100);
    std::atomic<qint64> most = 0;
    std::vector<std::thread> decoders;
    for (int i = 0; i < 16; ++i) {
        decoders.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                const auto share = budget.take(30);
                for (qint64 seen = most, now = budget.used(); now > seen;)
                    if (most.compare_exchange_weak(seen, now))
                        break;
            }
        });
    }
    for (auto& decoder : decoders)
        decoder.join();
    QVERIFY(most.load() <= 100);
    QVERIFY(most.load() >= 30);
    QCOMPARE(budget.used(), 0);
}

void tst_Attempts::giantsHaveTheBudgetAlone()
{
    PixelBudget budget(100);
    std::unique_ptr<PixelBudget::Share> giant(new PixelBudget::Share(budget.take(1000)));
    QCOMPARE(budget.used(), 100);
    std::atomic<bool> hasBegun = false;
    std::thread small([&] {
        const auto share = budget.take(1);
        hasBegun = true;
    });
    QVERIFY(!hasBegun);
    giant.reset();
    small.join();
    QVERIFY(hasBegun);
    QCOMPARE(budget.used(), 0);
}

QTEST_GUILESS_MAIN(tst_Attempts)
#include "tst_attempts.moc"
