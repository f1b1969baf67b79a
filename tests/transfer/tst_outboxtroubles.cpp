// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/safename.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"
#include "tests/transfer/outboxfixture.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <sys/stat.h>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

/// What files, servers and clocks do to an outbox. Names in parentheses are rows of the list of
/// faults that it has to survive.
class TestOutboxTroubles : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void refusalsFailAtOnce_data();
    void refusalsFailAtOnce();
    void passingTroublesWait_data();
    void passingTroublesWait();
    void lastingTroubleFailsInTheEnd();
    void lossesOfTheLineUseUpNoTries();
    void changedSourceTearsNothing();
    void hangingAnswerIsGivenUp();
    void clockThatIsSetHoldsNothingLonger();
    void oddNamesArrive_data();
    void oddNamesArrive();
    void oddSourcesFailWithASentenceEach();

private:
    QByteArray picture(int seed = 0) { return test::jpeg(test::picture({400, 300}, seed)); }
};

// (6) 400, 403, 413, 422: at once, with the server's sentence; the others go on.
void TestOutboxTroubles::refusalsFailAtOnce_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 403, 413, 422})
        QTest::addRow("%d", status) << status;
}

void TestOutboxTroubles::refusalsFailAtOnce()
{
    QFETCH(int, status);
    test::ReplayServer refusing;
    refusing.answer(status, "application/problem+json", R"({"detail":"It is upside down."})");
    m_server->client().setServer(refusing.url(), {});
    const QString refused = share(picture(1));
    QTRY_COMPARE(stateOf(refused), State::Failed);
    QCOMPARE(refusing.requests().size(), 1);
    QVERIFY(m_outbox->find(refused)->error->detail.contains(u"upside down"_s));
    m_server->client().setServer(m_server->url(), m_server->newToken());
    const QString other = share(picture(2));
    QTRY_COMPARE(stateOf(other), State::Done);
}

// (5) 500, 502, 503 and 429: waits, as long as it is told to.
void TestOutboxTroubles::passingTroublesWait_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("500") << 500 << QByteArray();
    QTest::newRow("502") << 502 << QByteArray();
    QTest::newRow("503") << 503 << QByteArray("Retry-After: 60\r\n");
    QTest::newRow("429") << 429 << QByteArray("Retry-After: 60\r\n");
}

void TestOutboxTroubles::passingTroublesWait()
{
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    test::ReplayServer troubled;
    troubled.answer(status, "text/plain", "later", header);
    m_server->client().setServer(troubled.url(), {});
    const QString key = share(picture());
    QTRY_VERIFY(m_outbox->find(key)->error.has_value());
    QCOMPARE(stateOf(key), State::Ready);
    QVERIFY(m_outbox->isHeld(key));
    if (!header.isEmpty())
        QCOMPARE(m_outbox->find(key)->error->retryAfter, std::optional(60'000ms));
}

// (5) Bounded tries, then "failed", which can be tried again.
void TestOutboxTroubles::lastingTroubleFailsInTheEnd()
{
    test::ReplayServer troubled;
    troubled.answer(503, "text/plain", "later", "Retry-After: 0\r\n");
    m_server->client().setServer(troubled.url(), {});
    const QString key = share(picture());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Failed, 60'000);
    QCOMPARE(m_outbox->find(key)->error->kind, ErrorKind::Unavailable);
    m_server->client().setServer(m_server->url(), m_server->newToken());
    m_outbox->retry(key);
    QTRY_COMPARE(stateOf(key), State::Done);
}

// (5) A server in trouble gets its tries, however often the line was lost before.
void TestOutboxTroubles::lossesOfTheLineUseUpNoTries()
{
    test::ReplayServer troubled;
    troubled.answer(503, "text/plain", "later", "Retry-After: 0\r\n");
    m_server->client().setServer(troubled.url(), {});
    const QString untroubled = share(picture(1));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(untroubled), State::Failed, 60'000);
    const auto tries = troubled.requests().size();

    m_server->client().setServer(QUrl(u"http://127.0.0.1:9"_s), {}); // nothing listens there
    const QString key = share(picture(2));
    QTRY_VERIFY(m_outbox->find(key)->error);
    QCOMPARE(m_outbox->find(key)->error->kind, ErrorKind::Network);
    m_server->client().setServer(troubled.url(), {});
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Failed, 60'000);
    QCOMPARE(troubled.requests().size(), 2 * tries);
}

// (8) The file is truncated and replaced before its bytes leave.
void TestOutboxTroubles::changedSourceTearsNothing()
{
    m_outbox->setRunning(false);
    const QByteArray before = picture(1);
    const QString key = share(before);
    QTRY_COMPARE(stateOf(key), State::Ready);
    const QString source = m_outbox->find(key)->source;
    QVERIFY(QFile::resize(source, 100));
    const QString replaced = share(before + "a tail that grows");
    QVERIFY(QFile::remove(source));
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    QTRY_VERIFY(isFinished(stateOf(replaced)));
    QCOMPARE(originalOf(m_outbox->find(key)->imageId), before);
}

// (10) The answer hangs.
void TestOutboxTroubles::hangingAnswerIsGivenUp()
{
    test::ReplayServer silent;
    silent.answer(QByteArray(), test::ReplayServer::Then::StayOpen);
    QNetworkAccessManager network;
    api::ApiClient client(network, {.answer = 300ms, .upload = 300ms});
    client.setServer(silent.url(), m_server->newToken());
    m_outbox.reset();
    m_outbox = makeOutbox(client);
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
    const QString key = share(picture());
    QTRY_VERIFY(m_outbox->find(key)->error.has_value());
    QCOMPARE(m_outbox->find(key)->error->kind, ErrorKind::TimedOut);
    QCOMPARE(stateOf(key), State::Ready);
    client.setServer(m_server->url(), m_server->newToken());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(key), State::Done, 30'000);
    QCOMPARE(listing().size(), 1);
    m_outbox.reset();
}

// (12) A wall clock that is set, while another process takes over.
void TestOutboxTroubles::clockThatIsSetHoldsNothingLonger()
{
    test::FakeClock clock;
    const Transfer held = newUpload({.source = u"a.jpg"_s, .undoTime = 5s}, clock);
    QCOMPARE(undoTimeLeft(held, held.created), 5'000ms);
    QCOMPARE(undoTimeLeft(held, held.created.addSecs(2)), 3'000ms);
    QCOMPARE(undoTimeLeft(held, held.created.addDays(-1)), 5'000ms);
    QCOMPARE(undoTimeLeft(held, held.created.addDays(1)), 0ms);
}

// (14) Names arrive as they are, or made safe.
void TestOutboxTroubles::oddNamesArrive_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("quotes") << u"a \"boat\".jpg"_s;
    QTest::newRow("line break") << u"a\r\nX-Evil: 1\r\n.jpg"_s;
    QTest::newRow("percent") << u"a%22b.jpg"_s;
    QTest::newRow("emoji") << u"⛵️.jpg"_s;
    QTest::newRow("right to left") << u"a\u202egpj.exe.jpg"_s;
    QTest::newRow("255 bytes") << QString(251, u'a') + u".jpg"_s;
}

void TestOutboxTroubles::oddNamesArrive()
{
    QFETCH(QString, name);
    const QString key = share(picture(), {.name = name, .alt = name});
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto images = listing();
    QCOMPARE(images.size(), 1);
    QCOMPARE(images[0].alt, QString(name).remove(u'\r')); // a text, whose lines end as lines do
    for (const char16_t never : {u'\r', u'\n', u'\u202e'})
        QVERIFY(!images[0].name.contains(QChar(never)));
    QVERIFY(images[0].name.endsWith(".jpg"_L1));
}

// (15) A pipe, a folder, a link to itself, nothing at all, no bytes: one sentence each, no hang.
void TestOutboxTroubles::oddSourcesFailWithASentenceEach()
{
    const QString pipe = m_directory->filePath(u"pipe.jpg"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString loop = m_directory->filePath(u"loop.jpg"_s);
    QVERIFY(QFile::link(loop, loop));
    const QString empty = test::writeTo(m_directory->path(), u"empty.jpg"_s, {});
    const QStringList sources{pipe, m_directory->path(), loop, m_directory->filePath(u"none"_s),
                              empty};
    QList<UploadOrder> orders;
    for (const QString& source : sources)
        orders.append({.source = source});
    const QStringList keys = await(m_outbox->share(orders)).value();
    const QString good = share(picture());
    for (const QString& key : keys) {
        QTRY_COMPARE(stateOf(key), State::Failed);
        QVERIFY(m_outbox->find(key)->error.has_value());
    }
    QTRY_COMPARE(stateOf(good), State::Done);
}

QTEST_GUILESS_MAIN(TestOutboxTroubles)
#include "tst_outboxtroubles.moc"
