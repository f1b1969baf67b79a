// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "app/transfer/pasted.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

/// Names in parentheses are rows of the list of faults that an outbox has to survive.
class TestOutbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void picturesArriveOnce();
    void whatTellsAboutTheOwnerStaysHere();
    void metadataCanBeKept();
    void sameBytesAreADuplicate();
    void sameBytesCanBeSharedAgain();
    void twinsInOneBatchAreSharedOnce();
    void badFilesFailAndTheOthersGoOn();
    void nothingIsSentBeforeItRuns();
    void undoneUploadNeverLeaves();
    void pausedWorkIsTakenUpByTheNextRun();
    void interruptedUploadIsAskedForFirst();
    void otherProcessesWorkIsLeftAlone();
    void lookingTakesNothingOver();
    void endOfTheRunIsNoAttempt();
    void sendingOutlivesTheOutboxQuietly();
    void waitingUploadsCanBeAmended();
    void editsFollowOneAnother();
    void conflictingEditFails();
    void deletedImagesGo();
    void deletionCanBeUndone();
    void refusalIsFinalAndCanBeRetried();
    void troubleIsRetried();
    void lostSignInPausesAndAsksOnce();
    void spoolIsEmptyAfterwards();
    void copyThatFitsIsSent();
    void clearedFailureTakesItsPastedPictureAlong();

private:
    std::unique_ptr<Outbox> makeOutbox(api::ApiClient& client);
    /// What a process does with what an earlier one left.
    void startRun()
    {
        m_outbox = makeOutbox(m_server->client());
        VERIFY_OK(await(m_outbox->load()));
        m_outbox->setRunning(true);
    }
    QString share(const QByteArray& bytes, UploadOrder order = {});
    State stateOf(const QString& key) const { return m_outbox->find(key)->state; }
    QList<protocol::Image> listing()
    {
        return await(m_server->client().images(api::View::Owner, {}, 1000)).value().images;
    }
    QByteArray originalOf(const QString& id)
    {
        auto& client = m_server->client();
        return await(client.fetch(client.originalUrl(id), 50'000'000)).value();
    }
    QString picture(int seed = 1);

    SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<test::LocalServer> m_server;
    std::unique_ptr<Outbox> m_outbox;
    QHash<QByteArray, QString> m_known; // what the duplicate lookup knows
    int m_files = 0;
};

void TestOutbox::init()
{
    m_known.clear();
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<test::LocalServer>(m_pictures);
    startRun();
}

void TestOutbox::cleanup()
{
    m_outbox.reset();
    m_server.reset();
}

std::unique_ptr<Outbox> TestOutbox::makeOutbox(api::ApiClient& client)
{
    const auto lookup = [this](const QByteArray& sha256) {
        return readyFuture(Result<QString>(m_known.value(sha256)));
    };
    auto outbox = std::make_unique<Outbox>(m_directory->filePath(u"outbox"_s), client, m_pictures,
                                           m_clock, lookup);
    connect(outbox.get(), &Outbox::shared, this,
            [this](const protocol::Image& image) { m_known.insert(image.sha256, image.id); });
    return outbox;
}

QString TestOutbox::share(const QByteArray& bytes, UploadOrder order)
{
    order.source = test::writeTo(m_directory->path(), u"picture-%1.jpg"_s.arg(++m_files), bytes);
    return await(m_outbox->share({order})).value().first();
}

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
    QCOMPARE(images[0].size, QSize(900, 600));
    QCOMPARE(shared.size(), 1);
    QCOMPARE(shared[0][1].value<QImage>().size(), QSize(360, 240));
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

void TestOutbox::nothingIsSentBeforeItRuns()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Ready);
    QVERIFY(listing().isEmpty());
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
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

void TestOutbox::pausedWorkIsTakenUpByTheNextRun()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})), {.alt = u"kept"_s});
    QTRY_COMPARE(stateOf(key), State::Ready);
    startRun();
    QVERIFY(m_outbox->find(key));
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(listing().first().alt, u"kept"_s);
}

// (3) The server stored it, the answer was lost.
void TestOutbox::interruptedUploadIsAskedForFirst()
{
    test::ReplayServer broken;
    broken.answer("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\":");
    api::ApiClient& client = m_server->client();
    const QUrl good = m_server->url();
    const access::Credential token = m_server->newToken();
    client.setServer(broken.url(), token);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(m_outbox->find(key)->error.has_value());
    QCOMPARE(stateOf(key), State::Ready);
    m_outbox->setRunning(false);
    const auto sent = broken.requests().size();
    QVERIFY(sent > 0);

    client.setServer(good, token);
    api::UploadRequest arrived{.file = m_outbox->find(key)->spool,
                               .name = u"arrived.jpg"_s,
                               .type = u"image/jpeg"_s,
                               .idempotencyKey = key,
                               .sha256 = m_outbox->find(key)->sha256};
    VERIFY_OK(await(client.upload(arrived, {})));
    m_outbox->setRunning(true);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 10'000);
    QCOMPARE(listing().size(), 1);
    QCOMPARE(listing().first().name, u"arrived.jpg"_s);
}

// (11) Two processes on one account: no item is sent twice.
void TestOutbox::otherProcessesWorkIsLeftAlone()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    const auto other = makeOutbox(m_server->client());
    VERIFY_OK(await(other->load()));
    QVERIFY(!other->find(key));
    m_outbox.reset(); // that process has ended
    VERIFY_OK(await(other->load()));
    QVERIFY(other->find(key));
}

void TestOutbox::lookingTakesNothingOver()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Ready);
    m_outbox.reset(); // an earlier run, which left it

    auto onlooker = makeOutbox(m_server->client());
    QSignalSpy changed(onlooker.get(), &Outbox::changed);
    VERIFY_OK(await(onlooker->look()));
    QVERIFY(onlooker->find(key));
    onlooker->setRunning(true);
    const auto heir = makeOutbox(m_server->client());
    VERIFY_OK(await(heir->load())); // while the onlooker still looks
    QVERIFY(heir->find(key));
    heir->setRunning(true);
    QTRY_COMPARE(heir->find(key)->state, State::Done);
    QCOMPARE(changed.size(), 0);
}

void TestOutbox::endOfTheRunIsNoAttempt()
{
    test::ReplayServer silent;
    silent.answer(QByteArray(), test::ReplayServer::Then::StayOpen);
    const QUrl good = m_server->url();
    m_server->client().setServer(silent.url(), m_server->newToken());
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(!silent.requests().isEmpty());
    m_outbox = makeOutbox(m_server->client());
    VERIFY_OK(await(m_outbox->load()));
    QVERIFY(m_outbox->find(key));
    QCOMPARE(m_outbox->find(key)->attempts, 0);
    m_server->client().setServer(good, m_server->newToken());
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
}

void TestOutbox::sendingOutlivesTheOutboxQuietly()
{
    // Once bytes are on their way: "Sending" is said before.
    connect(m_outbox.get(), &Outbox::changed, this, [this](const QString& key) {
        if (m_outbox && m_outbox->find(key)->moved > 0)
            QTimer::singleShot(0, this, [this] { m_outbox.reset(); });
    });
    share(test::jpeg(test::picture({1600, 1200})));
    QTRY_VERIFY_WITH_TIMEOUT(!m_outbox, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(listing().size(), 1, 30'000); // sent, with nobody to tell
}

void TestOutbox::waitingUploadsCanBeAmended()
{
    const QString key = share(test::jpeg(test::picture({400, 300})), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(key), State::Ready);
    const protocol::ImagePatch patch{u"A second thought"_s, true};
    QVERIFY(m_outbox->amend(key, patch));
    startRun(); // the amended row is what it finds
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(listing().first().alt, u"A second thought"_s);
    QVERIFY(listing().first().isPrivate);
    QVERIFY(!m_outbox->amend(key, patch));
}

void TestOutbox::editsFollowOneAnother()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto image = listing().first();
    const auto first = await(m_outbox->edit(image, {.alt = u"one"_s})).value();
    const auto second = await(m_outbox->edit(image, {.isPrivate = true})).value();
    QTRY_COMPARE(stateOf(first), State::Done);
    QTRY_COMPARE(stateOf(second), State::Done);
    QCOMPARE(listing().first().alt, u"one"_s);
    QVERIFY(listing().first().isPrivate);
}

void TestOutbox::conflictingEditFails()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto seen = listing().first();
    VERIFY_OK(await(m_server->client().patch(seen.id, seen.revision, {.alt = u"theirs"_s})));
    QSignalSpy conflicted(m_outbox.get(), &Outbox::conflicted);
    const auto edit = await(m_outbox->edit(seen, {.alt = u"ours"_s})).value();
    QTRY_COMPARE(stateOf(edit), State::Failed);
    QCOMPARE(m_outbox->find(edit)->error->kind, ErrorKind::Conflict);
    QCOMPARE(conflicted.size(), 1);
    QCOMPARE(listing().first().alt, u"theirs"_s);
}

void TestOutbox::deletedImagesGo()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto removal = await(m_outbox->remove(listing().first(), 0ms)).value();
    QTRY_COMPARE(stateOf(removal), State::Done);
    QVERIFY(listing().isEmpty());
}

void TestOutbox::deletionCanBeUndone()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    QSignalSpy undone(m_outbox.get(), &Outbox::deleteUndone);
    const auto removal = await(m_outbox->remove(listing().first(), 1h)).value();
    m_outbox->cancel(removal);
    QCOMPARE(undone.size(), 1);
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

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
