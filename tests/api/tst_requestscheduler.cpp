// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/requestscheduler.h"
#include "tests/support/fakeclock.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Which of many requests leave, and in which order.
class RequestSchedulerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void roomIsBounded_data();
    void roomIsBounded();
    void aPersonFindsRoomBesideAllTheRest();
    void whatIsLongTakesNoRoomFromAllElse();
    void uploadsAndDownloadsLeaveEachOtherRoom_data();
    void uploadsAndDownloadsLeaveEachOtherRoom();
    void theMostUrgentGoesFirst();
    void hostsDoNotWaitForEachOther();
    void whatWasGivenUpIsNotStarted();
    void aHostThatAskedForItIsLeftAlone();

private:
    void schedule(Urgency urgency, int count = 1, const QString& host = u"a"_s);
    void end(Urgency urgency);

    std::unique_ptr<test::FakeClock> m_clock;
    std::unique_ptr<RequestScheduler> m_scheduler;
    std::vector<std::pair<Urgency, std::unique_ptr<QObject>>> m_requests;
    QList<Urgency> m_started;
};

void RequestSchedulerTest::init()
{
    m_requests.clear();
    m_started.clear();
    m_clock = std::make_unique<test::FakeClock>();
    m_scheduler = std::make_unique<RequestScheduler>(*m_clock);
}

void RequestSchedulerTest::schedule(Urgency urgency, int count, const QString& host)
{
    for (int i = 0; i < count; ++i) {
        auto request = std::make_unique<QObject>();
        QObject* const raw = request.get();
        m_requests.emplace_back(urgency, std::move(request));
        m_scheduler->schedule(raw, host, urgency, [this, urgency] { m_started.append(urgency); });
    }
}

// The oldest of its kind is done.
void RequestSchedulerTest::end(Urgency urgency)
{
    const auto found = std::find_if(m_requests.begin(), m_requests.end(),
                                    [urgency](auto& each) { return each.first == urgency; });
    QVERIFY(found != m_requests.end());
    const auto done = std::move(found->second);
    m_requests.erase(found);
}

void RequestSchedulerTest::roomIsBounded_data()
{
    QTest::addColumn<Urgency>("urgency");
    QTest::addColumn<int>("atOnce");
    QTest::newRow("awaited") << Urgency::Awaited << 5;
    QTest::newRow("visible") << Urgency::Visible << 5;
    QTest::newRow("act") << Urgency::Act << 4;
    QTest::newRow("upload") << Urgency::Upload << 6;
    QTest::newRow("download") << Urgency::Download << 3;
    QTest::newRow("background") << Urgency::Background << 2;
}

void RequestSchedulerTest::roomIsBounded()
{
    QFETCH(Urgency, urgency);
    QFETCH(int, atOnce);
    schedule(urgency, 9);
    QCOMPARE(m_started.size(), atOnce);
    end(urgency);
    QCOMPARE(m_started.size(), atOnce + 1);
}

void RequestSchedulerTest::aPersonFindsRoomBesideAllTheRest()
{
    schedule(Urgency::Act, 9);
    schedule(Urgency::Visible, 9);
    schedule(Urgency::Background, 9);
    QCOMPARE(m_started.size(), RequestScheduler::kUnawaitedAtOnce);
    QVERIFY(m_started.contains(Urgency::Visible));
    schedule(Urgency::Awaited);
    QCOMPARE(m_started.last(), Urgency::Awaited);
    QCOMPARE(m_started.size(), RequestScheduler::kAtOnce);
}

void RequestSchedulerTest::whatIsLongTakesNoRoomFromAllElse()
{
    schedule(Urgency::Upload, 9);
    schedule(Urgency::Download, 9);
    QCOMPARE(m_started.size(), RequestScheduler::kAtOnce);
    schedule(Urgency::Visible, 9);
    schedule(Urgency::Awaited);
    QCOMPARE(m_started.size(), 2 * RequestScheduler::kAtOnce);
    QCOMPARE(m_started.last(), Urgency::Awaited);
}

void RequestSchedulerTest::uploadsAndDownloadsLeaveEachOtherRoom_data()
{
    QTest::addColumn<Urgency>("first");
    QTest::addColumn<Urgency>("second");
    QTest::newRow("uploads first") << Urgency::Upload << Urgency::Download;
    QTest::newRow("downloads first") << Urgency::Download << Urgency::Upload;
}

void RequestSchedulerTest::uploadsAndDownloadsLeaveEachOtherRoom()
{
    QFETCH(const Urgency, first);
    QFETCH(const Urgency, second);
    schedule(first, 20);
    schedule(second, 20);
    for (int i = 0; i < 8; ++i)
        end(first);
    QVERIFY(m_started.contains(second));
    QCOMPARE(m_started.size(), 8 + RequestScheduler::kAtOnce);
}

void RequestSchedulerTest::theMostUrgentGoesFirst()
{
    schedule(Urgency::Visible, 5);
    schedule(Urgency::Background);
    schedule(Urgency::Act);
    schedule(Urgency::Visible);
    m_started.clear();
    for (int i = 0; i < 3; ++i)
        end(Urgency::Visible);
    QCOMPARE(m_started, (QList{Urgency::Act, Urgency::Visible, Urgency::Background}));
}

void RequestSchedulerTest::hostsDoNotWaitForEachOther()
{
    schedule(Urgency::Background, 9, u"a"_s);
    schedule(Urgency::Background, 1, u"b"_s);
    QCOMPARE(m_started.size(), 3);
}

void RequestSchedulerTest::whatWasGivenUpIsNotStarted()
{
    schedule(Urgency::Background, 2);
    schedule(Urgency::Background, 1);
    m_requests.pop_back();
    schedule(Urgency::Upload, 1, u"b"_s);
    end(Urgency::Background);
    QCOMPARE(m_started, (QList{Urgency::Background, Urgency::Background, Urgency::Upload}));
}

void RequestSchedulerTest::aHostThatAskedForItIsLeftAlone()
{
    m_scheduler->hold(u"a"_s, 20ms);
    schedule(Urgency::Background);
    schedule(Urgency::Visible);
    schedule(Urgency::Upload);  // the outbox keeps the times of its own
    schedule(Urgency::Awaited); // and whoever waits is told
    schedule(Urgency::Visible, 1, u"b"_s);
    QCOMPARE(m_started, (QList{Urgency::Upload, Urgency::Awaited, Urgency::Visible}));
    m_clock->advance(20ms);
    QTRY_COMPARE(m_started.size(), 5);
}

QTEST_GUILESS_MAIN(RequestSchedulerTest)
#include "tst_requestscheduler.moc"
