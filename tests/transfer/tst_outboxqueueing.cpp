// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

namespace {

/// Answers the first upload at once and lets all others wait for release().
class HoldingServer final : public test::ReplayServer
{
public:
    qsizetype held() const { return m_held.size(); }
    /// The forms that came with this key.
    QList<QByteArray> formsOf(const QString& key) const
    {
        QList<QByteArray> forms;
        for (const Request& request : requests()) {
            if (request.header("Idempotency-Key") == key.toLatin1())
                forms.append(request.body);
        }
        return forms;
    }
    void release()
    {
        m_isHolding = false;
        for (const auto& [socket, bytes] : std::exchange(m_held, {}))
            say(socket, bytes);
    }
    void refuseOne()
    {
        const auto [socket, bytes] = m_held.takeFirst();
        say(socket, canned(401, "application/json", "{}").bytes);
    }

private:
    Canned answerTo(const Request& request) override
    {
        const QByteArray id = request.header("Idempotency-Key");
        return canned(201, "application/json",
                      R"({"uploaded":"2026-05-03T09:41:00.000Z","isPrivate":false,"id":")" + id +
                          "\"}");
    }
    void reply(QTcpSocket* socket, const Canned& canned) override
    {
        if (m_isHolding)
            return m_held.append({socket, canned.bytes});
        m_isHolding = std::exchange(m_isFirst, false);
        say(socket, canned.bytes);
    }
    static void say(QTcpSocket* socket, const QByteArray& bytes)
    {
        if (!socket)
            return;
        socket->write(bytes);
        socket->disconnectFromHost();
    }

    bool m_isFirst = true;
    bool m_isHolding = false;
    QList<std::pair<QPointer<QTcpSocket>, QByteArray>> m_held;
};

} // namespace

/// Uploads that have set out, and wait until there is room for them on the line.
class TestOutboxQueueing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void hiddenTheyLeavePrivate();
    void takenBackTheyAreGoneAtOnce();
    void theyStayWhereNothingIsToLeave_data();
    void theyStayWhereNothingIsToLeave();

private:
    QStringList inState(State state) const;

    static constexpr int kUploads = 12;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<HoldingServer> m_server;
    QNetworkAccessManager m_network;
    std::unique_ptr<api::ApiClient> m_client;
    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<Outbox> m_outbox;
    QString m_waiting; ///< the key of one
};

QStringList TestOutboxQueueing::inState(State state) const
{
    QStringList keys;
    for (const Transfer& transfer : m_outbox->transfers()) {
        if (transfer.state == state)
            keys.append(transfer.key);
    }
    return keys;
}

void TestOutboxQueueing::init()
{
    m_outbox.reset();
    m_client.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<HoldingServer>();
    m_client = std::make_unique<api::ApiClient>(m_network);
    m_client->setServer(m_server->url(), {});
    m_outbox = std::make_unique<Outbox>(
        m_directory->path(), *m_client, m_pictures, m_clock,
        [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    VERIFY_OK(await(m_outbox->load()));
    QList<UploadOrder> orders;
    for (int i = 0; i < kUploads; ++i)
        orders.append({.source = test::writeTo(m_directory->path(), QString::number(i),
                                               test::jpeg(test::picture({40 + i, 30})))});
    VERIFY_OK(await(m_outbox->share(orders)));
    m_outbox->setRunning(true);
    QTRY_COMPARE(m_server->held(), 3);
    QTRY_VERIFY(inState(State::Sending).size() > 3);
    const QStringList sending = inState(State::Sending);
    m_waiting = *std::find_if(sending.begin(), sending.end(), [this](const QString& key) {
        return m_server->formsOf(key).isEmpty();
    });
    QTRY_VERIFY(m_outbox->find(m_waiting)->mayHaveArrived); // it has set out
}

void TestOutboxQueueing::hiddenTheyLeavePrivate()
{
    protocol::ImagePatch hide;
    hide.isPrivate = true;
    QVERIFY(m_outbox->amend(m_waiting, hide));
    m_server->release();
    QTRY_COMPARE(inState(State::Done).size(), kUploads);
    const auto forms = m_server->formsOf(m_waiting);
    QCOMPARE(forms.size(), 1);
    QVERIFY(forms.first().contains("isPrivate"));
}

void TestOutboxQueueing::takenBackTheyAreGoneAtOnce()
{
    const auto asked = m_server->requests().size();
    m_outbox->cancel(m_waiting);
    QTRY_COMPARE(m_outbox->find(m_waiting)->state, State::Cancelled);
    QCOMPARE(m_server->requests().size(), asked); // nobody had to be asked
    m_server->release();
    QTRY_COMPARE(inState(State::Done).size(), kUploads - 1);
    QVERIFY(m_server->formsOf(m_waiting).isEmpty());
}

void TestOutboxQueueing::theyStayWhereNothingIsToLeave_data()
{
    using Act = std::function<void(Outbox&, HoldingServer&)>;
    QTest::addColumn<Act>("act");
    QTest::newRow("no server") << Act([](Outbox& outbox, auto&) { outbox.setRunning(false); });
    QTest::newRow("paused") << Act([](Outbox& outbox, auto&) { outbox.setPaused(true); });
    QTest::newRow("signed out") << Act([](Outbox&, HoldingServer& server) { server.refuseOne(); });
}

void TestOutboxQueueing::theyStayWhereNothingIsToLeave()
{
    QFETCH(std::function<void(Outbox&, HoldingServer&)>, act);
    act(*m_outbox, *m_server);
    QTRY_COMPARE(m_outbox->find(m_waiting)->state, State::Ready);
    QVERIFY(!m_outbox->find(m_waiting)->mayHaveArrived);
    const auto asked = m_server->requests().size();
    m_server->release();
    QTRY_VERIFY(inState(State::Sending).isEmpty());
    QCOMPARE(m_server->requests().size(), asked);
    m_outbox->setPaused(false);
    m_outbox->setRunning(true);
    QTRY_COMPARE_WITH_TIMEOUT(inState(State::Done).size(), kUploads, 20'000);
    QCOMPARE(m_server->formsOf(m_waiting).size(), 1);
}

QTEST_GUILESS_MAIN(TestOutboxQueueing)
#include "tst_outboxqueueing.moc"
