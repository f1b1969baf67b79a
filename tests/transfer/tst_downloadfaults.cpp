// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of "Downloads", each named by its test.
#include "tests/support/contentof.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/transfer/breakingfixture.h"

#include <QCryptographicHash>
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
using test::kBytes;
using test::kFirstPart;
using test::pixels;

class TestDownloadFaults : public test::BreakingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void shortBodyThenResume();
    void signatureExpiresHalfway();
    void renewalThatFailsInPassingIsAskedForAgain();
    void counterIsNotRaisedByAResume();
    void triesAreBounded();
    void targetExists();
    void diskIsFull();
    void fileAppearsOnlyWhenItIsWhole();
    void otherBytesAreRefused();
    void whatAPersonWaitsForComesBetween();
};

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
    QCOMPARE(everything(), QStringList{u"boat.jpg"_s});
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

void TestDownloadFaults::triesAreBounded()
{
    m_server->troubles = test::BreakingServer::kUntilMended;
    const auto downloads = newRun();
    QVERIFY(!await(save(*downloads)));
    QCOMPARE(m_server->count("GET", "/imagedelivery"), kTerms.tries);
    QVERIFY(everything().isEmpty());
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
    QTRY_VERIFY(everything().isEmpty());
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
    QTRY_VERIFY(everything().isEmpty());
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
    QTRY_VERIFY(everything().isEmpty());
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
