// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"
#include "tests/transfer/outboxfixture.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <functional>
#include <utility>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

namespace {

/// Answers one byte after the other.
class SlowServer final : public test::ReplayServer
{
public:
    static constexpr auto kBetweenBytes = 20ms;
    int bytesSaid = 0;

private:
    void reply(QTcpSocket* socket, const Canned& canned) override
    {
        auto* tick = new QTimer(socket);
        QObject::connect(tick, &QTimer::timeout, socket, [=, this, said = 0]() mutable {
            socket->write(canned.bytes.mid(said++, 1));
            ++bytesSaid;
            if (said == canned.bytes.size()) {
                tick->stop();
                socket->disconnectFromHost();
            }
        });
        tick->start(kBetweenBytes);
    }
};

/// Takes its time over every answer.
class HeldServer final : public test::ReplayServer
{
public:
    void release()
    {
        for (const auto& answer : std::exchange(m_held, {}))
            answer();
    }

private:
    void reply(QTcpSocket* socket, const Canned& canned) override
    {
        m_held.append([=, this] { ReplayServer::reply(socket, canned); });
    }

    QList<std::function<void()>> m_held;
};

} // namespace

/// What the line to the server and the clock do to an outbox. Names in parentheses are rows of the
/// list of faults that it has to survive.
class TestOutboxLines : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void lostAnswerMakesNoSecondImage_data();
    void lostAnswerMakesNoSecondImage();
    void droppedConnectionIsTriedAgain_data();
    void droppedConnectionIsTriedAgain();
    void everyWayToSaySignInPauses_data();
    void everyWayToSaySignInPauses();
    void whatLeftBeforeASignInAsksForNone();
    void slowAnswerIsWaitedFor();
    void silenceInAnAnswerIsGivenUp();
    void setClockMovesNoUndoTime_data();
    void setClockMovesNoUndoTime();
    void setClockMovesNoRetry_data();
    void setClockMovesNoRetry();

private:
    void serveWith(const QString& fault)
    {
        const quint16 port = quint16(m_server->url().port());
        m_server->stop();
        m_server->start(port, {*backend::parseFaultRule(fault)});
    }
    /// One that decodes to the same picture, with so many bytes.
    static QByteArray padded(qsizetype bytes)
    {
        const QByteArray picture = test::png(test::picture({400, 300}));
        return picture + QByteArray(std::max(bytes - picture.size(), qsizetype(0)), 'p');
    }
    qint64 lengthOfRequest(const QByteArray& picture);
    std::unique_ptr<Outbox> makeOutboxBy(const Clock& clock);
};

// (3) The server stored it, the answer was lost: of a small file and of a large one.
void TestOutboxLines::lostAnswerMakesNoSecondImage_data()
{
    QTest::addColumn<qsizetype>("bytes");
    QTest::addColumn<bool>("again");
    for (const bool again : {false, true}) {
        QTest::addRow("small%s", again ? ", shared again" : "") << qsizetype(0) << again;
        QTest::addRow("large%s", again ? ", shared again" : "") << qsizetype(20'000'000) << again;
    }
}

void TestOutboxLines::lostAnswerMakesNoSecondImage()
{
    QFETCH(qsizetype, bytes);
    QFETCH(bool, again);
    serveWith(u"drop=0,path=/api/admin/upload,count=1"_s);
    const QByteArray picture = padded(bytes);
    const QString key = share(picture, {.keepMetadata = true, .again = again});
    QVERIFY(finishes(key));
    QCOMPARE(stateOf(key), State::Done);
    const auto images = listing();
    QCOMPARE(images.size(), 1);
    QCOMPARE(images[0].id, m_outbox->find(key)->imageId);
    QVERIFY(isVerified(*m_outbox->find(key)));
    QVERIFY(originalOf(images[0].id) == picture);
}

// (4) At a third of the request, at its last byte, behind it, and after the server did its work.
void TestOutboxLines::droppedConnectionIsTriedAgain_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<double>("part"); // of the request's body
    QTest::addColumn<int>("lessBytes");
    QTest::newRow("at a third") << u"drop-request=%1"_s << 1 / 3. << 0;
    QTest::newRow("at the last byte") << u"drop-request=%1"_s << 1. << 1;
    QTest::newRow("behind the last byte") << u"drop-request=%1"_s << 1. << 0;
    QTest::newRow("before the answer") << u"drop=0"_s << 1. << 0;
}

void TestOutboxLines::droppedConnectionIsTriedAgain()
{
    QFETCH(QString, fault);
    QFETCH(double, part);
    QFETCH(int, lessBytes);
    const QByteArray picture = padded(4'000'000);
    const auto bytes = qint64(double(lengthOfRequest(picture)) * part) - lessBytes;
    if (fault.contains(u'%'))
        fault = fault.arg(bytes);
    serveWith(fault + u",path=/api/admin/upload,count=2"_s);
    int waits = 0;
    const QObject scope;
    connect(m_outbox.get(), &Outbox::changed, &scope, [&](const QString& key) {
        const Transfer& transfer = *m_outbox->find(key);
        waits += transfer.state == State::Ready && transfer.error && m_outbox->isHeld(key);
    });
    const QString key = share(picture, {.keepMetadata = true, .again = true});
    QVERIFY(finishes(key));
    QCOMPARE(stateOf(key), State::Done);
    QVERIFY(waits > 0);
    QCOMPARE(m_outbox->find(key)->attempts, 0); // a line that breaks uses up no tries
    QCOMPARE(listing().size(), 1);
    QVERIFY(originalOf(m_outbox->find(key)->imageId) == picture);
}

/// The Content-Length of such an upload: what it says of the picture does not depend on where.
qint64 TestOutboxLines::lengthOfRequest(const QByteArray& picture)
{
    test::ReplayServer refusing;
    refusing.answer(422, "application/problem+json", "{}");
    m_server->client().setServer(refusing.url(), {});
    const QString key = share(picture, {.keepMetadata = true, .again = true});
    if (!finishes(key) || stateOf(key) != State::Failed)
        qFatal("the upload was not refused");
    m_outbox->forget({key});
    m_server->client().setServer(m_server->url(), m_server->newToken());
    return refusing.requests().first().header("Content-Length").toLongLong();
}

// (7) 401, a login page and the ways to Access in the middle of a batch: one question, and nothing
// is lost or failed.
void TestOutboxLines::everyWayToSaySignInPauses_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray end = "Content-Length: 0\r\nConnection: close\r\n\r\n";
    const QByteArray page = "<!DOCTYPE html><title>Sign in</title>";
    QTest::newRow("401") << "HTTP/1.1 401 Unauthorized\r\n" + end;
    QTest::newRow("302") << "HTTP/1.1 302 Found\r\nLocation: "
                            "https://team.cloudflareaccess.com/cdn-cgi/access/login/a\r\n" +
                                end;
    QTest::newRow("403") << "HTTP/1.1 403 Forbidden\r\nCf-Access-Error: true\r\n" + end;
    QTest::newRow("login page") << "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                   "Connection: close\r\nContent-Length: " +
                                       QByteArray::number(page.size()) + "\r\n\r\n" + page;
}

void TestOutboxLines::everyWayToSaySignInPauses()
{
    QFETCH(QByteArray, answer);
    QSignalSpy asked(m_outbox.get(), &Outbox::signInNeeded);
    const QString before = share(test::jpeg(test::picture({400, 300}, 1)));
    QTRY_COMPARE(stateOf(before), State::Done);
    test::ReplayServer closed;
    closed.answer(answer);
    m_server->client().setServer(closed.url(), {});
    QStringList keys;
    for (int seed = 2; seed < 6; ++seed)
        keys.append(share(test::jpeg(test::picture({400, 300}, seed))));
    QTRY_COMPARE(asked.size(), 1);
    for (const QString& key : std::as_const(keys))
        QTRY_COMPARE(stateOf(key), State::Ready);
    QCOMPARE(asked.size(), 1);
    m_server->client().setServer(m_server->url(), m_server->newToken());
    m_outbox->setRunning(true);
    for (const QString& key : std::as_const(keys))
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 30'000);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(listing().size(), 5);
}

// It is refused for what it brought along, when somebody has signed in already.
void TestOutboxLines::whatLeftBeforeASignInAsksForNone()
{
    QSignalSpy asked(m_outbox.get(), &Outbox::signInNeeded);
    HeldServer closed;
    closed.answer(401, "text/plain", {});
    m_server->client().setServer(closed.url(), {});
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(closed.requests().size(), 1);
    m_outbox->setRunning(false);
    m_server->client().setServer(m_server->url(), m_server->newToken());
    m_outbox->setRunning(true);
    closed.release();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 30'000);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(listing().size(), 1);
}

// (10) A byte now and then is progress, however long it takes in all.
void TestOutboxLines::slowAnswerIsWaitedFor()
{
    SlowServer slow;
    slow.answer(201, "application/json",
                R"({"id":"x1","uploaded":"2026-05-03T09:41:00.000Z","isPrivate":false})");
    constexpr auto limit = 3s;
    QNetworkAccessManager network;
    api::ApiClient client(network, {.answer = limit, .upload = limit});
    client.setServer(slow.url(), m_server->newToken());
    m_outbox.reset();
    m_outbox = makeOutbox(client);
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 60'000);
    QVERIFY(slow.bytesSaid * SlowServer::kBetweenBytes > limit);
    QCOMPARE(m_outbox->find(key)->attempts, 0);
    QCOMPARE(m_outbox->find(key)->imageId, u"x1"_s);
    m_outbox.reset();
}

// (10) An answer that has begun, and says no more.
void TestOutboxLines::silenceInAnAnswerIsGivenUp()
{
    test::ReplayServer silent;
    silent.answer("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                  "Content-Length: 500\r\n\r\n{\"id\":",
                  test::ReplayServer::Then::StayOpen);
    QNetworkAccessManager network;
    api::ApiClient client(network, {.answer = 300ms, .upload = 300ms});
    client.setServer(silent.url(), m_server->newToken());
    m_outbox.reset();
    m_outbox = makeOutbox(client);
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_VERIFY(m_outbox->find(key)->error.has_value());
    QCOMPARE(m_outbox->find(key)->error->kind, ErrorKind::TimedOut);
    client.setServer(m_server->url(), m_server->newToken());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 30'000);
    QCOMPARE(listing().size(), 1);
    m_outbox.reset();
}

std::unique_ptr<Outbox> TestOutboxLines::makeOutboxBy(const Clock& clock)
{
    m_outbox.reset();
    auto outbox = std::make_unique<Outbox>(
        m_directory->filePath(u"outbox"_s), m_server->client(), m_pictures, clock,
        [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    if (!await(outbox->load()))
        qFatal("the outbox could not be read");
    outbox->setRunning(true);
    return outbox;
}

// (12) Forwards and back, as a clock that is set and a machine that wakes up do.
void TestOutboxLines::setClockMovesNoUndoTime_data()
{
    QTest::addColumn<std::chrono::milliseconds>("by");
    QTest::newRow("a day forwards") << std::chrono::milliseconds(24h);
    QTest::newRow("a day back") << -std::chrono::milliseconds(24h);
}

void TestOutboxLines::setClockMovesNoUndoTime()
{
    QFETCH(std::chrono::milliseconds, by);
    test::FakeClock clock;
    m_outbox = makeOutboxBy(clock);
    const QString key = share(test::jpeg(test::picture({400, 300}, 1)), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(key), State::Ready);
    clock.set(by);
    const QString other = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_COMPARE(stateOf(other), State::Done); // it has looked what may leave
    QCOMPARE(stateOf(key), State::Ready);
    QVERIFY(m_outbox->isHeld(key));
    clock.advance(1h);
    m_outbox->setRunning(true); // looks again
    QTRY_COMPARE(stateOf(key), State::Done);
    m_outbox.reset();
}

void TestOutboxLines::setClockMovesNoRetry_data()
{
    setClockMovesNoUndoTime_data();
}

void TestOutboxLines::setClockMovesNoRetry()
{
    QFETCH(std::chrono::milliseconds, by);
    test::FakeClock clock;
    m_outbox = makeOutboxBy(clock);
    test::ReplayServer troubled;
    troubled.answer(503, "text/plain", "later", "Retry-After: 60\r\n");
    m_server->client().setServer(troubled.url(), {});
    const QString key = share(test::jpeg(test::picture({400, 300}, 1)));
    QTRY_VERIFY(m_outbox->find(key)->error.has_value());
    m_server->client().setServer(m_server->url(), m_server->newToken());
    clock.set(by);
    const QString other = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_COMPARE(stateOf(other), State::Done);
    QCOMPARE(stateOf(key), State::Ready);
    clock.advance(60s);
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    m_outbox.reset();
}

QTEST_GUILESS_MAIN(TestOutboxLines)
#include "tst_outboxlines.moc"
