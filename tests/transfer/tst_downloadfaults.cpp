// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of "Downloads", each named by its test.
#include "tests/support/contentof.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/transfer/breakingserver.h"
#include "tests/transfer/downloadsfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;
using test::BreakingServer;
using test::kBytes;
using test::kFirstPart;
using test::pixels;

namespace {

QStringList everythingIn(const QString& directory)
{
    return QDir(directory).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

class TestDownloadFaults : public test::DownloadsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void shortBodyThenResume();
    void signatureExpiresHalfway();
    void renewalThatFailsInPassingIsAskedForAgain();
    void counterIsNotRaisedByAResume();
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
    void triesAreBounded();
    void targetExists();
    void diskIsFull();
    void fileAppearsOnlyWhenItIsWhole();
    void otherBytesAreRefused();
    void whatAPersonWaitsForComesBetween();

private:
    QFuture<Result<QString>> save(Downloads& downloads);

    const protocol::Image m_image{.id = u"b"_s, .name = u"boat.jpg"_s};
    std::unique_ptr<BreakingServer> m_server;
};

void TestDownloadFaults::init()
{
    m_server = std::make_unique<BreakingServer>();
    begin(m_server->url());
}

QFuture<Result<QString>> TestDownloadFaults::save(Downloads& downloads)
{
    return downloads.saveInto(m_target->path(), m_image, Copy::Highres);
}

void TestDownloadFaults::shortBodyThenResume()
{
    m_server->cuts = 2;
    const auto downloads = newRun();
    int breaks = 0; // that came to us: after one Qt may ask once more by itself before it tells
    QObject::connect(downloads.get(), &Downloads::changed, this,
                     [&, before = State::Waiting]() mutable {
                         const State now = downloads->transfers().first().state;
                         breaks += now == State::Waiting && before == State::Sending;
                         before = now;
                     });
    const auto path = await(save(*downloads));
    VERIFY_OK(path);
    QCOMPARE(test::contentOf(*path), pixels());
    QVERIFY(breaks > 0);
    QCOMPARE(m_server->requests().last().header("Range"),
             "bytes=" + QByteArray::number(breaks * kFirstPart) + '-');
    QCOMPARE(everythingIn(m_target->path()), QStringList{u"boat.jpg"_s});
}

void TestDownloadFaults::signatureExpiresHalfway()
{
    m_server->cuts = 1;
    const auto downloads = newRun();
    QSignalSpy counted(downloads.get(), &Downloads::counted);
    QObject::connect(downloads.get(), &Downloads::changed, m_server.get(), [&] {
        if (downloads->transfers().first().state == State::Waiting)
            m_server->address = "2";
    });
    const auto path = await(save(*downloads));
    VERIFY_OK(path);
    QCOMPARE(test::contentOf(*path), pixels());
    QCOMPARE(counted.size(), 1);
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
    QCOMPARE(m_server->count("HEAD", "/api/download"), 1); // which our own server does not count
    QVERIFY(m_server->requests().last().target().endsWith("sig=2"));
    QVERIFY(!m_server->requests().last().header("Range").isEmpty());
}

void TestDownloadFaults::renewalThatFailsInPassingIsAskedForAgain()
{
    m_server->cuts = 1;
    const auto downloads = newRun();
    QObject::connect(downloads.get(), &Downloads::changed, m_server.get(), [&] {
        if (downloads->transfers().first().state == State::Waiting && m_server->address == "1") {
            m_server->address = "2";
            m_server->renewalTroubles = 1;
        }
    });
    const auto path = await(save(*downloads));
    VERIFY_OK(path);
    QCOMPARE(test::contentOf(*path), pixels());
    QVERIFY(!m_server->requests().last().header("Range").isEmpty());
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
}

// Of our own server, which counts for itself.
void TestDownloadFaults::counterIsNotRaisedByAResume()
{
    test::LocalServer server(m_pictures);
    server.stop();
    server.start(0, {*backend::parseFaultRule(u"drop=10000,path=/imagedelivery/*,count=2"_s)});
    const QTemporaryDir source;
    const auto bytes = test::jpeg(test::picture({2400, 1600}), 95);
    const api::UploadRequest upload{.file = test::writeTo(source.path(), u"a"_s, bytes),
                                    .name = u"boat.jpg"_s,
                                    .type = u"image/jpeg"_s,
                                    .idempotencyKey = u"one"_s};
    const auto image = await(server.client().upload(upload, {}));
    VERIFY_OK(image);
    Downloads downloads(m_account->path(), server.client(), m_pictures, m_clock,
                        api::RetryPolicy(kTerms));
    const auto path = await(downloads.saveInto(m_target->path(), *image, Copy::Highres));
    VERIFY_OK(path);
    QCOMPARE(QImage(*path).size(), QSize(2000, 1333));
    const auto page = await(server.client().images(api::View::Owner, {}, 10));
    VERIFY_OK(page);
    QCOMPARE(page->images.first().downloadCount, 1);
}

void TestDownloadFaults::anotherRunGoesOn()
{
    m_server->cuts = 1;
    m_server->staysOpen = true;
    auto first = newRun();
    save(*first);
    QTRY_COMPARE(first->transfers().first().moved, kFirstPart);
    first.reset();
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

void TestDownloadFaults::theSameAskedForAgainGoesOn_data()
{
    QTest::addColumn<bool>("isTakenUp");
    QTest::newRow("before it is known what was left") << false;
    QTest::newRow("while that waits to be gone on with") << true;
}

void TestDownloadFaults::theSameAskedForAgainGoesOn()
{
    QFETCH(const bool, isTakenUp);
    m_server->cuts = 1;
    m_server->staysOpen = true;
    auto first = newRun();
    save(*first);
    QTRY_COMPARE(first->transfers().first().moved, kFirstPart);
    first.reset();

    const auto second = newRun();
    if (isTakenUp)
        VERIFY_OK(await(second->load()));
    VERIFY_OK(await(save(*second)));
    second->goOn();
    QCOMPARE(second->transfers().size(), 1);
    QCOMPARE(second->transfers().first().state, State::Done);
    QCOMPARE(m_server->requests().last().header("Range"), QByteArray("bytes=70000-"));
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
    QCOMPARE(everythingIn(m_target->path()), QStringList{u"boat.jpg"_s});
}

void TestDownloadFaults::failedOneAskedForAgainGoesOn()
{
    m_server->troubles = 3;
    const auto downloads = newRun();
    QVERIFY(!await(save(*downloads)));
    VERIFY_OK(await(save(*downloads)));
    downloads->goOn();
    QCOMPARE(downloads->transfers().size(), 1);
    QCOMPARE(everythingIn(m_target->path()), QStringList{u"boat.jpg"_s});
    QCOMPARE(m_server->count("GET", "/api/download"), 1);
}

// A stick that is not plugged in, or a share that is not mounted yet.
void TestDownloadFaults::driveComesBackAnotherDay()
{
    m_server->cuts = 1;
    m_server->staysOpen = true;
    auto first = newRun();
    save(*first);
    QTRY_COMPARE(first->transfers().first().moved, kFirstPart);
    first.reset();

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

void TestDownloadFaults::failedOneGoesOnWhenAsked()
{
    m_server->cuts = 1;
    const auto downloads = newRun();
    QObject::connect(downloads.get(), &Downloads::changed, m_server.get(), [&] {
        if (downloads->transfers().first().state == State::Waiting && m_server->troubles < 0)
            m_server->troubles = 2;
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

void TestDownloadFaults::whatWaitsOutlivesTheRun_data()
{
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("some are under way") << true;
    QTest::newRow("none has begun") << false;
}

void TestDownloadFaults::whatWaitsOutlivesTheRun()
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

void TestDownloadFaults::cancelledBeforeItIsKeptStaysAway()
{
    auto first = newRun();
    save(*first);
    first->cancel(first->transfers().first().key);
    VERIFY_OK(await(save(*first)));
    first.reset();
    const auto second = newRun();
    VERIFY_OK(await(second->load()));
    QVERIFY(second->transfers().isEmpty());
    QCOMPARE(everythingIn(m_target->path()), QStringList{u"boat.jpg"_s});
}

void TestDownloadFaults::whatFailedGoesOnWhenTheServerIsBack_data()
{
    QTest::addColumn<bool>("isZip");
    QTest::addColumn<bool>("refuses");
    QTest::newRow("an image, after an outage") << false << false;
    QTest::newRow("an image, after a sign-in") << false << true;
    QTest::newRow("a zip, after an outage") << true << false;
    QTest::newRow("a zip, after a sign-in") << true << true;
}

void TestDownloadFaults::whatFailedGoesOnWhenTheServerIsBack()
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

void TestDownloadFaults::triesAreBounded()
{
    m_server->troubles = 1000;
    const auto downloads = newRun();
    QVERIFY(!await(save(*downloads)));
    QCOMPARE(m_server->count("GET", "/imagedelivery"), kTerms.tries);
    QVERIFY(everythingIn(m_target->path()).isEmpty());
}

void TestDownloadFaults::targetExists()
{
    test::writeTo(m_target->path(), u"boat.jpg"_s, "mine");
    const auto downloads = newRun();
    const auto path = await(save(*downloads));
    VERIFY_OK(path);
    QCOMPARE(*path, m_target->filePath(u"boat (2).jpg"_s));
    QCOMPARE(test::contentOf(m_target->filePath(u"boat.jpg"_s)), QByteArray("mine"));
}

void TestDownloadFaults::diskIsFull()
{
    // A limit of this process stands in for the disk: the same error at the same place.
    const auto downloads = newRun();
    VERIFY_OK(await(downloads->load())); // its database is there, and needs room of its own
    struct rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit small = {150'000, before.rlim_max};
    const auto signalBefore = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto restore = qScopeGuard([&] {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, signalBefore);
    });
    const auto path = await(save(*downloads));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, ErrorKind::DiskFull);
    QTRY_VERIFY(everythingIn(m_target->path()).isEmpty());
}

void TestDownloadFaults::fileAppearsOnlyWhenItIsWhole()
{
    m_server->cuts = 1;
    m_server->staysOpen = true;
    const auto downloads = newRun();
    const auto path = save(*downloads);
    QTRY_COMPARE(downloads->transfers().first().moved, kFirstPart);
    QVERIFY(visible().isEmpty());
    downloads->cancel(downloads->transfers().first().key);
    QCOMPARE(await(path).error().kind, ErrorKind::Cancelled);
    QCOMPARE(downloads->transfers().first().state, State::Cancelled);
    QTRY_VERIFY(everythingIn(m_target->path()).isEmpty());
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestDownloadFaults::otherBytesAreRefused()
{
    protocol::Image image = m_image;
    image.sha256 = QCryptographicHash::hash("something else", QCryptographicHash::Sha256);
    const auto downloads = newRun();
    test::ReplayServer other;
    other.answer(200, "image/jpeg", pixels());
    m_client->setServer(other.url(), {});
    const auto refused = await(downloads->saveInto(m_target->path(), image, Copy::Original));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::BadAnswer);
    QTRY_VERIFY(everythingIn(m_target->path()).isEmpty());
    image.sha256 = QCryptographicHash::hash(pixels(), QCryptographicHash::Sha256);
    VERIFY_OK(await(downloads->saveInto(m_target->path(), image, Copy::Original)));
}

// Hours of bytes, and then somebody opens a picture.
void TestDownloadFaults::whatAPersonWaitsForComesBetween()
{
    m_server->cuts = 1000;
    m_server->staysOpen = true;
    const auto downloads = newRun();
    for (int i = 0; i < 3; ++i)
        downloads->saveZip(m_target->path(), u"boats.zip"_s, QList<protocol::Image>(3, m_image),
                           Copy::Highres);
    QTRY_COMPARE(m_server->count("GET", "/api/download"), 9);
    QTRY_VERIFY(m_server->count("GET", "/imagedelivery") >= 3);
    m_server->cuts = 0;
    for (const api::Urgency urgency : {api::Urgency::Awaited, api::Urgency::Visible}) {
        const auto address = await(m_client->downloadUrl(m_image.id));
        VERIFY_OK(address);
        VERIFY_OK(await(m_client->fetch(*address, kBytes, urgency)));
    }
}

QTEST_GUILESS_MAIN(TestDownloadFaults)
#include "tst_downloadfaults.moc"
