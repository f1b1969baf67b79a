// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/retrypolicy.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace std::chrono_literals;

namespace {

constexpr RetryPolicy::Terms kTerms{.tries = 4, .first = 1s, .longest = 3s, .mostAsked = 60s};

Error error(ErrorKind kind, std::optional<std::chrono::milliseconds> retryAfter = {})
{
    return {kind, {}, retryAfter};
}

RetryPolicy evenly(double random)
{
    return RetryPolicy(kTerms, [random] { return random; });
}

} // namespace

class RetryPolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsGrowAndEnd();
    void noTwoClientsComeBackInStep();
    void onlyTroubleThatPassesIsTriedAgain_data();
    void onlyTroubleThatPassesIsTriedAgain();
    void theServerSaysWhen();
    void neverIsNever();
    void manyTriesDoNotOverflow();
};

void RetryPolicyTest::waitsGrowAndEnd()
{
    const RetryPolicy policy = evenly(0);
    const Error trouble = error(ErrorKind::Unavailable);
    QCOMPARE(policy.waitAfter(trouble, 1), 1s);
    QCOMPARE(policy.waitAfter(trouble, 2), 2s);
    QCOMPARE(policy.waitAfter(trouble, 3), 3s); // not 4
    QVERIFY(!policy.waitAfter(trouble, 4));
}

void RetryPolicyTest::noTwoClientsComeBackInStep()
{
    QCOMPARE(evenly(0.5).backoff(1), 1125ms);
    const RetryPolicy machines(kTerms);
    QSet<qint64> waits;
    for (int i = 0; i < 200; ++i) {
        const auto wait = machines.backoff(1);
        QVERIFY(wait >= 1000ms && wait < 1250ms);
        waits.insert(wait.count());
    }
    QVERIFY(waits.size() > 20);
}

void RetryPolicyTest::onlyTroubleThatPassesIsTriedAgain_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("isTriedAgain");
    QTest::newRow("lost line") << ErrorKind::Network << true;
    QTest::newRow("5xx") << ErrorKind::Unavailable << true;
    QTest::newRow("429") << ErrorKind::RateLimited << true;
    QTest::newRow("sign-in") << ErrorKind::SignInRequired << false;
    QTest::newRow("forbidden") << ErrorKind::Forbidden << false;
    QTest::newRow("rejected") << ErrorKind::Rejected << false;
    QTest::newRow("conflict") << ErrorKind::Conflict << false;
    QTest::newRow("too large") << ErrorKind::TooLarge << false;
    QTest::newRow("not there") << ErrorKind::NotFound << false;
}

void RetryPolicyTest::onlyTroubleThatPassesIsTriedAgain()
{
    QFETCH(ErrorKind, kind);
    QFETCH(bool, isTriedAgain);
    QCOMPARE(evenly(0).waitAfter(error(kind), 1).has_value(), isTriedAgain);
}

void RetryPolicyTest::theServerSaysWhen()
{
    const RetryPolicy policy = evenly(0);
    QCOMPARE(policy.waitAfter(error(ErrorKind::RateLimited, 60s), 1), 60s);
    QCOMPARE(policy.waitAfter(error(ErrorKind::Unavailable, 0s), 3), 0s);
    QVERIFY(!policy.waitAfter(error(ErrorKind::RateLimited, 61s), 1));
    QVERIFY(!policy.waitAfter(error(ErrorKind::RateLimited, 1s), 4));
}

void RetryPolicyTest::neverIsNever()
{
    QVERIFY(!RetryPolicy::never().waitAfter(error(ErrorKind::Unavailable), 1));
}

void RetryPolicyTest::manyTriesDoNotOverflow()
{
    QCOMPARE(evenly(0).backoff(1'000'000), 3s);
}

QTEST_GUILESS_MAIN(RetryPolicyTest)
#include "tst_retrypolicy.moc"
