// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watchcommand.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/support/linecostdouble.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;

/// vitrinectl watch goes on by itself, so it heeds what the line costs.
class TestWatchCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsFoundWaitsWhileTheLineCosts();

private:
    QTemporaryDir m_home;
    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
};

void TestWatchCost::whatIsFoundWaitsWhileTheLineCosts()
{
    const session::Account tower{u"tower"_s, u"tower"_s, QUrl(u"http://127.0.0.1:9"_s)};
    auto made =
        std::make_unique<Session>(Paths{m_home.filePath(u"data"_s), m_home.filePath(u"cache"_s)},
                                  tower, access::makeMemoryTokenStore(), m_pictures, m_clock);
    const Session& session = *made;
    auto lent = std::make_unique<test::LineCostDouble>(true);
    test::LineCostDouble& cost = *lent;
    cli::WatchCommand command(cli::Output(false), std::make_unique<cli::UnixSignals>(),
                              std::move(made), std::move(lent),
                              {.action = cli::WatchArguments::Action::Run});
    QVERIFY(!session.isPaused());
    command.run();
    QVERIFY(session.isPausedByCost());
    cost.become(false);
    QVERIFY(!session.isPaused());
    cost.become(true);
    QVERIFY(session.isPausedByCost());
}

QTEST_GUILESS_MAIN(TestWatchCost)
#include "tst_watchcost.moc"
