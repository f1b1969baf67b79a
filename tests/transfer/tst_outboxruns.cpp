// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/transfer/downloads.h"
#include "app/transfer/transfermodel.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"
#include "tests/transfer/outboxfixture.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <SQLiteCpp/Database.h>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

/// What one run leaves and the next one takes up. Names in parentheses are rows of the list of
/// faults that an outbox has to survive.
class TestOutboxRuns : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentBeforeItRuns();
    void pausedWorkIsTakenUpByTheNextRun();
    void interruptedUploadIsAskedForFirst();
    void whatIsSentFirstStaysFirst();
    void lostPreparedBytesAreMadeAgain();
    void lookingTakesNothingOver();
    void endOfTheRunIsNoAttempt();
    void sendingOutlivesTheOutboxQuietly();
    void serverIsLeftAloneAcrossRuns_data();
    void serverIsLeftAloneAcrossRuns();
    void noServerIsLeftAloneForLong();
    void rowsOfAnEarlierVersionGoOn();

private:
    /// A run that ends when a server that is in trouble has asked for an hour; its upload's key.
    QString runIntoTrouble();
    void nextRun();
    void changeRows(const std::string& sql);

    test::FakeClock m_fakeClock;
};

QString TestOutboxRuns::runIntoTrouble()
{
    test::ReplayServer troubled;
    troubled.answer(503, "text/plain", "later", "Retry-After: 3600\r\n");
    nextRun();
    m_server->client().setServer(troubled.url(), {});
    const QString key = share(test::jpeg(test::picture({400, 300}, 1)));
    [&] { QTRY_VERIFY(m_outbox->find(key)->error.has_value()); }();
    m_outbox.reset();
    m_server->client().setServer(m_server->url(), m_server->newToken());
    return key;
}

void TestOutboxRuns::nextRun()
{
    m_outbox.reset();
    m_outbox = std::make_unique<Outbox>(
        m_directory->filePath(u"outbox"_s), m_server->client(), m_pictures, m_fakeClock,
        [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
}

void TestOutboxRuns::changeRows(const std::string& sql)
{
    SQLite::Database database(m_directory->filePath(u"outbox/outbox.db"_s).toStdString(),
                              SQLite::OPEN_READWRITE);
    database.exec(sql);
}

void TestOutboxRuns::nothingIsSentBeforeItRuns()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Ready);
    QVERIFY(listing().isEmpty());
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(listing().size(), 1);
}

void TestOutboxRuns::pausedWorkIsTakenUpByTheNextRun()
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
void TestOutboxRuns::interruptedUploadIsAskedForFirst()
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

void TestOutboxRuns::whatIsSentFirstStaysFirst()
{
    const Downloads downloads(m_directory->filePath(u"outbox"_s), m_server->client(), m_pictures,
                              m_clock);
    auto model = std::make_unique<TransferModel>(*m_outbox, downloads);
    const QAbstractItemModelTester tester(model.get());
    m_outbox->setRunning(false);
    QStringList keys;
    for (int seed = 1; seed < 5; ++seed)
        keys.append(share(test::jpeg(test::picture({400, 300}, seed))));
    for (const QString& key : std::as_const(keys))
        QTRY_COMPARE(stateOf(key), State::Ready);
    QVERIFY(model->summary().spooled > 0);
    m_outbox->sendFirst(keys[2]);
    const QStringList order{keys[2], keys[0], keys[1], keys[3]};
    QStringList shown;
    for (int row = 0; row < model->rowCount(); ++row)
        shown.append(model->index(row).data(TransferModel::KeyRole).toString());
    QCOMPARE(shown, order);
    model.reset();

    m_outbox.reset();
    m_outbox = makeOutbox(m_server->client());
    VERIFY_OK(await(m_outbox->load()));
    QStringList kept;
    for (const Transfer& transfer : m_outbox->transfers())
        kept.append(transfer.key);
    QCOMPARE(kept, order);
    m_outbox->setRunning(true);
    for (const QString& key : std::as_const(keys))
        QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(TransferModel(*m_outbox, downloads).summary().spooled, 0);
}

void TestOutboxRuns::lostPreparedBytesAreMadeAgain()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Ready);
    QVERIFY(QFile::remove(m_outbox->find(key)->spool));
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(listing().size(), 1);
}

void TestOutboxRuns::lookingTakesNothingOver()
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

void TestOutboxRuns::endOfTheRunIsNoAttempt()
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

void TestOutboxRuns::sendingOutlivesTheOutboxQuietly()
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

void TestOutboxRuns::serverIsLeftAloneAcrossRuns_data()
{
    QTest::addColumn<std::chrono::milliseconds>("set");
    QTest::addColumn<std::chrono::milliseconds>("left");
    const std::chrono::milliseconds year = 365 * 24h;
    QTest::newRow("at once") << 0ms << std::chrono::milliseconds(1h);
    QTest::newRow("after half the time")
        << std::chrono::milliseconds(30min) << std::chrono::milliseconds(30min);
    QTest::newRow("by a clock that was set back") << -year << std::chrono::milliseconds(1h);
}

void TestOutboxRuns::serverIsLeftAloneAcrossRuns()
{
    QFETCH(const std::chrono::milliseconds, set);
    QFETCH(const std::chrono::milliseconds, left);
    const QString key = runIntoTrouble();
    m_fakeClock.set(set);
    nextRun();
    const QString other = share(test::jpeg(test::picture({400, 300}, 2)));
    QTRY_COMPARE(stateOf(other), State::Done); // it has looked what may leave
    QCOMPARE(stateOf(key), State::Ready);
    QVERIFY(m_outbox->isHeld(key));
    m_fakeClock.advance(left);
    m_outbox->setRunning(true); // looks again
    QTRY_COMPARE(stateOf(key), State::Done);
    m_outbox.reset();
}

// Whatever the rows say.
void TestOutboxRuns::noServerIsLeftAloneForLong()
{
    const QString key = runIntoTrouble();
    changeRows("UPDATE transfer SET retry_after = retry_after * 10000, retry_at = retry_at * 2");
    nextRun();
    QVERIFY(m_outbox->isHeld(key));
    m_fakeClock.advance(24h);
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    m_outbox.reset();
}

void TestOutboxRuns::rowsOfAnEarlierVersionGoOn()
{
    const QString key = runIntoTrouble();
    changeRows("ALTER TABLE transfer DROP COLUMN retry_after;"
               "ALTER TABLE transfer DROP COLUMN retry_at;"
               "ALTER TABLE request DROP COLUMN undo_ms;"
               "ALTER TABLE transfer DROP COLUMN takes_alt; PRAGMA user_version = 5");
    nextRun();
    QTRY_COMPARE(stateOf(key), State::Done);
    m_outbox.reset();
}

QTEST_GUILESS_MAIN(TestOutboxRuns)
#include "tst_outboxruns.moc"
