// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/thumbhash.h"
#include "app/transfer/newtransfer.h"
#include "app/transfer/outboxstore.h"
#include "app/transfer/pasted.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"
#include "tests/transfer/outboxfixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

/// Names in parentheses are rows of the list of faults that an outbox has to survive.
class TestOutbox : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void picturesArriveOnce();
    void ownPlaceholderStandsInUntilTheServerHasOne();
    void whatTellsAboutTheOwnerStaysHere();
    void metadataCanBeKept();
    void sameBytesAreADuplicate();
    void sameBytesCanBeSharedAgain();
    void twinsInOneBatchAreSharedOnce();
    void badFilesFailAndTheOthersGoOn();
    void undoneUploadNeverLeaves();
    void refusalIsFinalAndCanBeRetried();
    void troubleIsRetried();
    void otherBytesOnTheServerAreNoSuccess();
    void lostSignInPausesAndAsksOnce();
    void spoolIsEmptyAfterwards();
    void copyThatFitsIsSent();
    void clearedFailureTakesItsPastedPictureAlong();
    void forgottenPastedPicturesAreSwept();
    void altTextOfTheFileIsTakenIfNothingElseIsSaid();
};

void TestOutbox::picturesArriveOnce()
{
    QSignalSpy shared(m_outbox.get(), &Outbox::shared);
    const QByteArray bytes = test::jpeg(test::picture({900, 600}));
    const QString key = share(bytes, {.alt = u"A boat"_s, .isPrivate = true});
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto images = listing();
    QCOMPARE(images.size(), 1);
    QCOMPARE(images[0].id, m_outbox->find(key)->imageId);
    QCOMPARE(images[0].name, u"picture-%1.jpg"_s.arg(m_files));
    QCOMPARE(images[0].alt, u"A boat"_s);
    QVERIFY(images[0].isPrivate);
    QVERIFY(isVerified(*m_outbox->find(key)));
    QCOMPARE(images[0].size, QSize(900, 600));
    QCOMPARE(shared.size(), 1);
    QCOMPARE(shared[0][1].value<QImage>().size(), QSize(360, 240));
}

void TestOutbox::ownPlaceholderStandsInUntilTheServerHasOne()
{
    const QTemporaryDir data;
    backend::ServerOptions options;
    options.dataDirectory = data.path();
    options.defersVariants = true;
    const auto server = backend::Server::start(options, m_pictures).value();
    m_server->client().setServer(
        server->url(),
        backend::issueServiceToken(data.path(), u"test"_s, backend::TokenLife::ThisRun).value());
    QSignalSpy shared(m_outbox.get(), &Outbox::shared);
    const QString key = share(test::jpeg(test::picture({900, 600})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto image = shared[0][0].value<protocol::Image>();
    QVERIFY(!imaging::imageFromThumbHash(image.placeholder).isNull());
    m_outbox.reset(); // before its server
}

void TestOutbox::whatTellsAboutTheOwnerStaysHere()
{
    const QByteArray plain = test::jpeg(test::picture({400, 300}));
    const QString key = share(test::withExif(plain, 6, true));
    QTRY_COMPARE(stateOf(key), State::Done);
    const QByteArray original = originalOf(m_outbox->find(key)->imageId);
    QVERIFY(!original.isEmpty());
    QVERIFY(!original.contains("SERIAL-12345-SECRET"));
    QVERIFY(!original.contains("A boat in a harbour"));
    QCOMPARE(listing().first().size, QSize(300, 400)); // still turned upright
}

void TestOutbox::metadataCanBeKept()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({400, 300})), 1, true);
    const QString key = share(bytes, {.keepMetadata = true});
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(originalOf(m_outbox->find(key)->imageId), bytes);
}

void TestOutbox::sameBytesAreADuplicate()
{
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const QString first = share(bytes);
    QTRY_COMPARE(stateOf(first), State::Done);
    const QString second = share(bytes);
    QTRY_COMPARE(stateOf(second), State::Duplicate);
    QCOMPARE(m_outbox->find(second)->imageId, m_outbox->find(first)->imageId);
    QCOMPARE(listing().size(), 1);
}

void TestOutbox::sameBytesCanBeSharedAgain()
{
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const QString first = share(bytes);
    QTRY_COMPARE(stateOf(first), State::Done);
    const QString second = share(bytes, {.again = true});
    QTRY_COMPARE(stateOf(second), State::Done);
    QCOMPARE(listing().size(), 2);
}

void TestOutbox::twinsInOneBatchAreSharedOnce()
{
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const QString a = test::writeTo(m_directory->path(), u"a.jpg"_s, bytes);
    const QString b = test::writeTo(m_directory->path(), u"b.jpg"_s, bytes);
    const auto keys = await(m_outbox->share({{.source = a}, {.source = b}})).value();
    QTRY_VERIFY(isFinished(stateOf(keys[0])) && isFinished(stateOf(keys[1])));
    QList<State> states{stateOf(keys[0]), stateOf(keys[1])};
    std::sort(states.begin(), states.end());
    QCOMPARE(states, QList<State>({State::Done, State::Duplicate}));
    QCOMPARE(m_outbox->find(keys[0])->imageId, m_outbox->find(keys[1])->imageId);
    QCOMPARE(listing().size(), 1);
}

void TestOutbox::badFilesFailAndTheOthersGoOn()
{
    const QByteArray good = test::jpeg(test::picture({400, 300}));
    const QList<std::pair<QByteArray, ErrorKind>> bad{
        {"this is not an image", ErrorKind::NotAnImage},
        {"", ErrorKind::EmptyFile},
        {good.left(good.size() / 2), ErrorKind::DamagedImage}};
    QStringList badKeys;
    for (const auto& [bytes, kind] : bad)
        badKeys.append(share(bytes));
    const auto folder = await(m_outbox->share({{.source = m_directory->path()}})).value().first();
    const QString goodKey = share(good);
    QTRY_COMPARE(stateOf(goodKey), State::Done);
    for (qsizetype i = 0; i < bad.size(); ++i) {
        QTRY_COMPARE(stateOf(badKeys[i]), State::Failed);
        QCOMPARE(m_outbox->find(badKeys[i])->error->kind, bad[i].second);
    }
    QTRY_COMPARE(stateOf(folder), State::Failed);
    QCOMPARE(m_outbox->find(folder)->error->kind, ErrorKind::NotARegularFile);
    QCOMPARE(listing().size(), 1);
}

void TestOutbox::undoneUploadNeverLeaves()
{
    const QString key = share(test::jpeg(test::picture({400, 300})), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(key), State::Ready);
    m_outbox->cancel(key);
    QCOMPARE(stateOf(key), State::Cancelled);
    const QString other = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_COMPARE(stateOf(other), State::Done);
    QCOMPARE(listing().size(), 1);
}

// (6) Refused at once, with the server's sentence.
void TestOutbox::refusalIsFinalAndCanBeRetried()
{
    test::ReplayServer refusing;
    refusing.answer(422, "application/problem+json", R"({"detail":"The picture is upside down."})");
    m_server->client().setServer(refusing.url(), {});
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Failed);
    QVERIFY(m_outbox->find(key)->error->detail.contains(u"upside down"_s));
    QCOMPARE(refusing.requests().size(), 1);
    m_server->client().setServer(m_server->url(), m_server->newToken());
    m_outbox->retry(key);
    QTRY_COMPARE(stateOf(key), State::Done);
}

// (5) Waits as told, then goes on.
void TestOutbox::troubleIsRetried()
{
    test::ReplayServer troubled;
    troubled.answer(503, "text/plain", "later", "Retry-After: 1\r\n");
    troubled.answer(404, "application/json", "{}"); // what became of the key: nothing
    troubled.answer(201, "application/json",
                    R"({"id":"x1","uploaded":"2026-05-03T09:41:00.000Z","isPrivate":false})");
    m_server->client().setServer(troubled.url(), {});
    QElapsedTimer waited;
    waited.start();
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 10'000);
    QVERIFY(waited.elapsed() >= 1000);
    QCOMPARE(m_outbox->find(key)->imageId, u"x1"_s);
    QCOMPARE(m_outbox->find(key)->attempts, 1);
}

void TestOutbox::otherBytesOnTheServerAreNoSuccess()
{
    test::ReplayServer confused;
    confused.answer(
        201, "application/json",
        R"({"id":"x1","uploaded":"2026-05-03T09:41:00.000Z","isPrivate":false,)"
        R"("sha256":"00000000000000000000000000000000000000000000000000000000000000ff"})");
    m_server->client().setServer(confused.url(), {});
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(m_outbox->find(key)->error.has_value());
    QCOMPARE(m_outbox->find(key)->error->kind, ErrorKind::BadAnswer);
    QVERIFY(!isVerified(*m_outbox->find(key)));
}

// (7) A sign-in that ends in the middle of a batch.
void TestOutbox::lostSignInPausesAndAsksOnce()
{
    QSignalSpy asked(m_outbox.get(), &Outbox::signInNeeded);
    m_server->client().setServer(m_server->url(), {}); // a guest
    const QString first = share(test::jpeg(test::picture({400, 300}, 1)));
    QTRY_COMPARE(asked.size(), 1);
    const QString second = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_COMPARE(stateOf(second), State::Ready);
    QCOMPARE(stateOf(first), State::Ready);
    QCOMPARE(asked.size(), 1);
    m_server->client().setServer(m_server->url(), m_server->newToken());
    m_outbox->setRunning(true);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(first), State::Done, 10'000);
    QTRY_COMPARE(stateOf(second), State::Done);
    QCOMPARE(listing().size(), 2);
}

void TestOutbox::spoolIsEmptyAfterwards()
{
    const QString done = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(done), State::Done);
    const QString cancelled = share(test::jpeg(test::picture({400, 300}, 2)), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(cancelled), State::Ready);
    m_outbox->cancel(cancelled);
    const QDir spool(m_directory->filePath(u"outbox/spool"_s));
    QVERIFY(spool.exists());
    QTRY_VERIFY(spool.isEmpty());
}

void TestOutbox::copyThatFitsIsSent()
{
    m_outbox->setRules({{.pixels = 480'000}, {u"image/jpeg"_s}});
    m_outbox->setRunning(false);
    const QString source = test::writeTo(m_directory->path(), u"large.scan.png"_s,
                                         test::png(test::picture({1600, 1200})));
    const auto refused = await(m_outbox->share({{.source = source}})).value().first();
    QTRY_COMPARE(stateOf(refused), State::Failed);
    const auto key = await(m_outbox->share({{.source = source, .fit = true}})).value().first();
    m_outbox = makeOutbox(m_server->client()); // the choice outlives this run
    m_outbox->setRules({{.pixels = 480'000}, {u"image/jpeg"_s}});
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto image = listing().first();
    QCOMPARE(image.size, QSize(800, 600));
    QCOMPARE(image.name, u"large.scan.jpg"_s);
    QCOMPARE(image.type, u"image/jpeg"_s);
}

void TestOutbox::clearedFailureTakesItsPastedPictureAlong()
{
    const QString outbox = m_directory->filePath(u"outbox"_s);
    const auto pasted = keepPasted("this is not an image", outbox, u"Pasted.png"_s);
    VERIFY_OK(pasted);
    const QString own = test::writeTo(m_directory->path(), u"own.jpg"_s, "nor is this");
    const auto keys = await(m_outbox->share({{.source = *pasted}, {.source = own}})).value();
    QTRY_COMPARE(stateOf(keys[0]), State::Failed);
    QTRY_COMPARE(stateOf(keys[1]), State::Failed);
    QVERIFY(QFileInfo::exists(*pasted)); // it may be tried again
    m_outbox->clearFinished();
    QTRY_VERIFY(!QFileInfo::exists(QFileInfo(*pasted).absolutePath()));
    m_outbox.reset();
    QVERIFY(QFileInfo::exists(own));
}

// A window that crashed could not take along what was pasted into it.
void TestOutbox::forgottenPastedPicturesAreSwept()
{
    const QString outbox = m_directory->filePath(u"outbox"_s);
    m_outbox.reset();
    const QByteArray bytes = test::png(test::picture({40, 30}));
    const auto left = keepPasted(bytes, outbox, u"Left.png"_s);
    const auto fresh = keepPasted(bytes, outbox, u"Fresh.png"_s);
    const auto handedIn = keepPasted(bytes, outbox, u"Handed in.png"_s);
    for (const QString& path : {*left, *handedIn}) {
        const timespec longAgo[2] = {{.tv_sec = 1'000'000'000, .tv_nsec = 0}, {1'000'000'000, 0}};
        const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
        QCOMPARE(::utimensat(AT_FDCWD, folder.constData(), longAgo, 0), 0);
    }
    const Transfer upload = newUpload({.source = *handedIn}, SystemClock());
    {
        OutboxStore store(outbox);
        VERIFY_OK(await(store.put({upload})));
    }
    m_outbox = makeOutbox(m_server->client());
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(upload.key), State::Done);
    QVERIFY(!QFileInfo::exists(*left));
    QVERIFY(QFileInfo::exists(*fresh));
}

void TestOutbox::altTextOfTheFileIsTakenIfNothingElseIsSaid()
{
    const auto photo = [](int seed) {
        return test::withExif(test::jpeg(test::picture({400, 300}, seed)), 1, true);
    };
    m_outbox->setRunning(false);
    const QString taken = share(photo(1), {.takesAlt = true});
    const QString amended = share(photo(2), {.takesAlt = true});
    const QString left = share(photo(3));
    m_outbox->amend(amended, {.alt = u"My own words"_s});
    m_outbox->setRunning(true);
    for (const QString& key : {taken, amended, left})
        QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(m_outbox->find(taken)->item->alt, u"A boat in a harbour"_s);
    QCOMPARE(m_outbox->find(amended)->item->alt, u"My own words"_s);
    QCOMPARE(m_outbox->find(left)->item->alt, QString());
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
