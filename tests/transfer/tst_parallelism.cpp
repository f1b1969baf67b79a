// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/parallelism.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace vitrine::transfer;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kPhoto = 1'000'000;

/// Sends photos over a line that carries as much as \a rate says (bytes a millisecond) for so many
/// at once; gives how many went at once after each of them.
QList<int> sent(Parallelism& parallelism, const std::function<double(int)>& rate, int photos = 600)
{
    static Parallelism::Moment now{0};
    QList<int> atOnce;
    for (int i = 0; i < photos; ++i) {
        now += std::chrono::milliseconds(int(kPhoto / rate(parallelism.atOnce())));
        parallelism.arrived(kPhoto, true, now);
        atOnce.append(parallelism.atOnce());
    }
    return atOnce;
}

double median(QList<int> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

class TestParallelism : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void longWaysTakeMany();
    void fastLineIsFilledSoon();
    void oneThatFillsTheLineLeavesItAtFew();
    void stopsWhereMoreGiveNoMore();
    void lackOfWorkDecidesNothing();
    void lostLineStartsFromTheBottom();
};

void TestParallelism::longWaysTakeMany()
{
    Parallelism parallelism;
    const auto atOnce = sent(parallelism, [](int count) { return 1000.0 * count; });
    QVERIFY(atOnce.contains(6));
    QVERIFY(median(atOnce.last(300)) >= 5);
}

void TestParallelism::fastLineIsFilledSoon()
{
    Parallelism parallelism;
    const auto atOnce = sent(
        parallelism, [](int count) { return 10'000.0 * count; }, 20);
    QCOMPARE(atOnce.last(), Parallelism::kMost);
}

void TestParallelism::oneThatFillsTheLineLeavesItAtFew()
{
    Parallelism parallelism;
    const auto atOnce = sent(parallelism, [](int) { return 1000.0; });
    QCOMPARE(median(atOnce.last(300)), 2);
}

void TestParallelism::stopsWhereMoreGiveNoMore()
{
    Parallelism parallelism;
    const auto atOnce = sent(parallelism, [](int count) { return 1000.0 * std::min(count, 3); });
    const auto later = atOnce.last(300);
    QCOMPARE(median(later), 3);
    QVERIFY(*std::max_element(later.begin(), later.end()) <= 4);
}

void TestParallelism::lackOfWorkDecidesNothing()
{
    Parallelism parallelism;
    const int before = parallelism.atOnce();
    for (int i = 0; i < 1000; ++i)
        parallelism.arrived(kPhoto, false, i * 100ms);
    QCOMPARE(parallelism.atOnce(), before);
}

void TestParallelism::lostLineStartsFromTheBottom()
{
    Parallelism parallelism;
    sent(parallelism, [](int count) { return 1000.0 * count; });
    parallelism.lost();
    QCOMPARE(parallelism.atOnce(), Parallelism::kFewest);
    const auto atOnce = sent(parallelism, [](int count) { return 1000.0 * count; });
    QVERIFY(median(atOnce.last(300)) >= Parallelism::kMost - 1);
}

QTEST_GUILESS_MAIN(TestParallelism)
#include "tst_parallelism.moc"
