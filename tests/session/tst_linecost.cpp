// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/support/linecostdouble.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;

class TestLineCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent"); }
    void sendingPausesWhileTheLineCosts();
    void whoGoesOnPays();
    void whatAPersonPausedStaysSo();
    void thisComputerCostsNothing();
    void whoIsBehindAPortalIsToldSo_data();
    void whoIsBehindAPortalIsToldSo();
    void withoutTheServiceNothingCosts();

private:
    std::unique_ptr<Session> makeSession(const session::Account& account);

    QTemporaryDir m_home;
    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    const session::Account m_tower{u"tower"_s, u"tower"_s, QUrl(u"https://photos.example.org"_s)};
};

std::unique_ptr<Session> TestLineCost::makeSession(const session::Account& account)
{
    const Paths paths{m_home.filePath(u"data"_s), m_home.filePath(u"cache"_s)};
    return std::make_unique<Session>(paths, account, access::makeMemoryTokenStore(), m_pictures,
                                     m_clock);
}

void TestLineCost::sendingPausesWhileTheLineCosts()
{
    test::LineCostDouble cost(false);
    const auto session = makeSession(m_tower);
    session->heed(cost);
    QVERIFY(!session->isPaused());
    bool isKnownWhy = false;
    connect(session.get(), &Session::pausedChanged, &cost,
            [&] { isKnownWhy = session->isPausedByCost(); });
    cost.become(true);
    QVERIFY(session->isPaused());
    QVERIFY(isKnownWhy);
    cost.become(false);
    QVERIFY(!session->isPaused());
    QVERIFY(!isKnownWhy);
}

void TestLineCost::whoGoesOnPays()
{
    test::LineCostDouble cost(false);
    cost.become(true);
    const auto session = makeSession(m_tower);
    session->heed(cost);
    QVERIFY(session->isPaused());
    session->setPaused(false);
    QVERIFY(!session->isPaused());
    cost.become(false);
    QVERIFY(!session->isPaused());
}

void TestLineCost::whatAPersonPausedStaysSo()
{
    test::LineCostDouble cost(false);
    const auto session = makeSession(m_tower);
    session->heed(cost);
    session->setPaused(true);
    cost.become(true);
    QVERIFY(!session->isPausedByCost());
    cost.become(false);
    QVERIFY(session->isPaused());
}

void TestLineCost::thisComputerCostsNothing()
{
    test::LineCostDouble cost(false);
    cost.become(true);
    const auto session = makeSession(session::Account::local());
    session->heed(cost);
    QVERIFY(!session->isPaused());
}

void TestLineCost::whoIsBehindAPortalIsToldSo_data()
{
    QTest::addColumn<bool>("hasPortal");
    QTest::newRow("behind one") << true;
    QTest::newRow("not so") << false;
}

// The portal lets connections run into nothing.
void TestLineCost::whoIsBehindAPortalIsToldSo()
{
    QFETCH(bool, hasPortal);
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
    closed.close();
    test::LineCostDouble line(false);
    line.hasPortal = hasPortal;
    const auto session = makeSession({u"tower"_s, u"tower"_s, url});
    session->heed(line);
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Offline, 30'000);
    QCOMPARE(session->error().cause == Cause::CaptivePortal, hasPortal);
}

void TestLineCost::withoutTheServiceNothingCosts()
{
    QVERIFY(!session::SystemLineCost().isBehindPortal());
    QVERIFY(!session::SystemLineCost().isMetered());
}

QTEST_GUILESS_MAIN(TestLineCost)
#include "tst_linecost.moc"
