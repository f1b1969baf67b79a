// SPDX-License-Identifier: GPL-3.0-or-later
// What outlives a run, and what is gone on with when it is asked for again.
#include "tests/support/contentof.h"
#include "tests/support/futures.h"
#include "tests/transfer/breakingfixture.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;
using test::kFirstPart;
using test::pixels;

class TestDownloadRuns : public test::BreakingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void anotherRunGoesOn();
    void theSameAskedForAgainGoesOn_data();
    void theSameAskedForAgainGoesOn();
    void failedOneAskedForAgainGoesOn();
    void driveComesBackAnotherDay();
    void failedOneGoesOnWhenAsked();
    void whatWaitsOutlivesTheRun_data();
    void whatWaitsOutlivesTheRun();
    void cancelledBeforeItIsKeptStaysAway();
    void whatFailedGoesOnWhenTheServerIsBack_data();
    void whatFailedGoesOnWhenTheServerIsBack();
};

void TestDownloadRuns::anotherRunGoesOn()
{
    breakOff();
    QVERIFY(visible().isEmpty());

    auto second = newRun();
    VERIFY_OK(await(second->load()));
    QCOMPARE(second->transfers().first().name, u"boat.jpg"_s);
    QCOMPARE(second->transfers().first().state, State::Waiting);
    second->goOn();
    QTRY_COMPARE(second->transfers().first().state, State::Done);
    QCOMPARE(test::contentOf(m_target->filePath(u"boat.jpg"_s)), pixels());
    QCOMPARE(m_server->requests().last().header("Range"), QByteArray("bytes=70000-"));
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
    second.reset();

    auto third = newRun();
    VERIFY_OK(await(third->load()));
    QVERIFY(third->transfers().isEmpty());
}

void TestDownloadRuns::theSameAskedForAgainGoesOn_data()
{
    QTest::addColumn<bool>("isTakenUp");
    QTest::newRow("before it is known what was left") << false;
    QTest::newRow("while that waits to be gone on with") << true;
}

void TestDownloadRuns::theSameAskedForAgainGoesOn()
{
    QFETCH(const bool, isTakenUp);
    breakOff();

    const auto second = newRun();
    if (isTakenUp)
        VERIFY_OK(await(second->load()));
    VERIFY_OK(await(save(*second)));
    second->goOn();
    QCOMPARE(second->transfers().size(), 1);
    QCOMPARE(second->transfers().first().state, State::Done);
    QCOMPARE(m_server->requests().last().header("Range"), QByteArray("bytes=70000-"));
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
    QCOMPARE(everything(), QStringList{u"boat.jpg"_s});
}

void TestDownloadRuns::failedOneAskedForAgainGoesOn()
{
    m_server->troubles = 3;
    const auto downloads = newRun();
    QVERIFY(!await(save(*downloads)));
    VERIFY_OK(await(save(*downloads)));
    downloads->goOn();
    QCOMPARE(downloads->transfers().size(), 1);
    QCOMPARE(everything(), QStringList{u"boat.jpg"_s});
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
}

// A stick that is not plugged in, or a share that is not mounted yet.
void TestDownloadRuns::driveComesBackAnotherDay()
{
    breakOff();

    const QString away = m_target->path() + "-away"_L1;
    QVERIFY(QDir().rename(m_target->path(), away));
    auto second = newRun();
    VERIFY_OK(await(second->load()));
    second->goOn();
    QTRY_COMPARE(second->transfers().first().state, State::Failed);
    QCOMPARE(second->transfers().first().error->kind, ErrorKind::NoSuchFolder);
    second.reset();
    QVERIFY(QDir().rename(away, m_target->path()));

    const auto third = newRun();
    VERIFY_OK(await(third->load()));
    third->goOn();
    QTRY_COMPARE(visible(), QStringList{u"boat.jpg"_s});
    QCOMPARE(m_server->requests().last().header("Range"), QByteArray("bytes=70000-"));
}

void TestDownloadRuns::failedOneGoesOnWhenAsked()
{
    m_server->cuts = 1;
    const auto downloads = newRun();
    QObject::connect(downloads.get(), &Downloads::changed, m_server.get(), [&] {
        if (downloads->transfers().first().state == State::Waiting && m_server->troubles < 0)
            m_server->troubles = test::BreakingServer::kUntilMended;
    });
    const auto failed = await(save(*downloads));
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::Unavailable);
    QCOMPARE(downloads->transfers().first().state, State::Failed);
    downloads->disconnect(m_server.get());
    m_server->troubles = 0;
    downloads->retry(downloads->transfers().first().key);
    QTRY_COMPARE(downloads->transfers().first().state, State::Done);
    QCOMPARE(test::contentOf(m_target->filePath(u"boat.jpg"_s)), pixels());
    QCOMPARE(m_server->requests().last().header("Range"), QByteArray("bytes=70000-"));
}

void TestDownloadRuns::whatWaitsOutlivesTheRun_data()
{
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("some are under way") << true;
    QTest::newRow("none has begun") << false;
}

void TestDownloadRuns::whatWaitsOutlivesTheRun()
{
    QFETCH(const bool, hasBegun);
    constexpr int kMany = 12;
    m_server->cuts = 1000;
    m_server->staysOpen = true;
    auto first = newRun();
    for (int i = 0; i < kMany; ++i) {
        protocol::Image image = m_image;
        image.id += QString::number(i);
        first->saveInto(m_target->path(), image, Copy::Highres);
    }
    if (hasBegun)
        QTRY_VERIFY(first->transfers().first().moved > 0);
    first.reset();
    m_server->cuts = 0;

    const auto second = newRun();
    VERIFY_OK(await(second->load()));
    QCOMPARE(second->transfers().size(), kMany);
    second->goOn();
    QTRY_COMPARE(visible().size(), kMany);
}

void TestDownloadRuns::cancelledBeforeItIsKeptStaysAway()
{
    auto first = newRun();
    save(*first);
    first->cancel(first->transfers().first().key);
    VERIFY_OK(await(save(*first)));
    first.reset();
    const auto second = newRun();
    VERIFY_OK(await(second->load()));
    QVERIFY(second->transfers().isEmpty());
    QCOMPARE(everything(), QStringList{u"boat.jpg"_s});
}

void TestDownloadRuns::whatFailedGoesOnWhenTheServerIsBack_data()
{
    QTest::addColumn<bool>("isZip");
    QTest::addColumn<bool>("refuses");
    QTest::newRow("an image, after an outage") << false << false;
    QTest::newRow("an image, after a sign-in") << false << true;
    QTest::newRow("a zip, after an outage") << true << false;
    QTest::newRow("a zip, after a sign-in") << true << true;
}

void TestDownloadRuns::whatFailedGoesOnWhenTheServerIsBack()
{
    QFETCH(const bool, isZip);
    QFETCH(const bool, refuses);
    const auto downloads = newRun();
    downloads->goOn();
    m_server->refuses = refuses;
    if (!refuses)
        m_client->setServer(QUrl(u"http://127.0.0.1:1"_s), {}); // where nobody listens
    QSignalSpy brokeOff(downloads.get(), &Downloads::brokeOff);
    const auto failed =
        await(isZip ? downloads->saveZip(m_target->path(), u"boats.zip"_s, {m_image}, Copy::Highres)
                    : save(*downloads));
    QVERIFY(!failed);
    QCOMPARE(downloads->transfers().first().state, State::Failed);
    QCOMPARE(brokeOff.size(), 1);

    m_server->refuses = false;
    m_client->setServer(m_server->url(), {});
    downloads->goOn();
    QTRY_COMPARE(downloads->transfers().first().state, State::Done);
    QCOMPARE(visible(), QStringList{isZip ? u"boats.zip"_s : u"boat.jpg"_s});
}

QTEST_GUILESS_MAIN(TestDownloadRuns)
#include "tst_downloadruns.moc"
