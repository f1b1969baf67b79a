// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/echoserver.h"
#include "tests/backend/rawclient.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using vitrine::test::EchoServer;
using vitrine::test::RawClient;
using vitrine::test::statusOf;

/// Clients that wait, dribble, crowd or leave.
class tst_SlowClients final : public EchoServer
{
    Q_OBJECT

private:
    using Clients = std::vector<std::unique_ptr<RawClient>>;
    /// By itself more than the limit, which is 40; each says \a start.
    Clients crowd(const QByteArray& start, int size = 100) const;

private Q_SLOTS:
    void slowClientsAreCutOff_data();
    void slowClientsAreCutOff();
    void oneWhoWaitsHoldsNobodyUp();
    void idleOnesMakeRoom();
    void heldBackOnesMakeRoom();
    void unfinishedOnesMakeRoom_data();
    void unfinishedOnesMakeRoom();
    void whoIsServedKeepsItsPlace();
    void idleOnesGoBeforeOthers();
    void newOnesHaveTheirTurn();
    void whoDoesNotReadIsCutOff();
    void abandonedBodiesEnd();
    void stopsWhileClientsAreConnected();
};

void tst_SlowClients::slowClientsAreCutOff_data()
{
    QTest::addColumn<QByteArray>("start"); // HOST stands for a right Host field
    const QByteArray post = "POST / HTTP/1.1\r\nHOST\r\n";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("GET / HTTP/1.1\r\nHost:");
    QTest::newRow("half a body") << QByteArray(post + "Content-Length: 100\r\n\r\nabc");
    QTest::newRow("idle") << QByteArray("GET / HTTP/1.1\r\nHOST\r\n\r\n");
    QTest::newRow("chunks without end")
        << QByteArray(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
}

void tst_SlowClients::slowClientsAreCutOff()
{
    QFETCH(QByteArray, start);
    RawClient client(m_server->port());
    client.send(start.replace("HOST\r\n", host()));
    client.readToEnd();
    QCOMPARE(client.socket().state(), QAbstractSocket::UnconnectedState);
}

void tst_SlowClients::oneWhoWaitsHoldsNobodyUp()
{
    RawClient waiting(m_server->port());
    waiting.send(request("GET /wait"));
    RawClient delayed(m_server->port());
    delayed.send(request("GET /delay"));
    RawClient slow(m_server->port());
    slow.send(request("POST /", "Content-Length: 100\r\n"));
    QCOMPARE(statusOf(ask(request("GET /", "Connection: close\r\n"))), 200);
    m_echo->waiting.release();
    QVERIFY(waiting.readUntil("at /wait").contains("200 OK"));
    QVERIFY(delayed.readUntil("later").contains("403"));
}

tst_SlowClients::Clients tst_SlowClients::crowd(const QByteArray& start, int size) const
{
    Clients clients;
    for (int i = 0; i < size; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        clients.back()->send(start);
    }
    return clients;
}

void tst_SlowClients::idleOnesMakeRoom()
{
    const Clients idle = crowd({});
    QCOMPARE(statusOf(ask(request("GET /", "Connection: close\r\n"))), 200);
}

void tst_SlowClients::heldBackOnesMakeRoom()
{
    const Clients heldBack = crowd(request("GET /punish"));
    QCOMPARE(statusOf(ask(request("GET /", "Connection: close\r\n"))), 200);
    QTRY_VERIFY(m_echo->clients <= 40);
}

void tst_SlowClients::unfinishedOnesMakeRoom_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("half a head") << "GET / HT"_ba;
    QTest::newRow("answered, and not gone") << "x\r\n\r\n"_ba;
}

void tst_SlowClients::unfinishedOnesMakeRoom()
{
    QFETCH(QByteArray, start);
    servePatiently();
    const Clients unfinished = crowd(start);
    QCOMPARE(statusOf(ask(request("GET /", "Connection: close\r\n"))), 200);
    QTRY_VERIFY(m_echo->clients <= 40);
}

void tst_SlowClients::whoIsServedKeepsItsPlace()
{
    servePatiently();
    RawClient served(m_server->port());
    served.send(request("GET /wait"));
    QTRY_COMPARE(m_echo->waitingClients.load(), 1);
    for (const char* start : {"", "GET / HT", "x\r\n\r\n"})
        const Clients others = crowd(start);
    m_echo->waiting.release();
    QVERIFY(served.readUntil("at /wait").contains("200 OK"));
}

void tst_SlowClients::idleOnesGoBeforeOthers()
{
    servePatiently();
    RawClient asking(m_server->port());
    asking.send("GET / HT");
    Clients idle;
    for (int i = 0; i < 100; ++i) {
        idle.push_back(std::make_unique<RawClient>(m_server->port()));
        idle.back()->send(request("GET /"));
        QVERIFY(idle.back()->readUntil("at /").contains("200 OK"));
    }
    asking.send("TP/1.1\r\n" + host() + "\r\n");
    QVERIFY(asking.readUntil("at /").contains("200 OK"));
}

// Though they need a while for their first byte, as under TLS.
void tst_SlowClients::newOnesHaveTheirTurn()
{
    servePatiently();
    const Clients before = crowd("GET / HT");
    RawClient client(m_server->port());
    const Clients after = crowd("GET / HT", 20);
    client.send(request("GET /"));
    QVERIFY(client.readUntil("at /").contains("200 OK"));
}

void tst_SlowClients::whoDoesNotReadIsCutOff()
{
    RawClient client(m_server->port());
    client.socket().setReadBufferSize(1);
    client.send(request("GET /file").repeated(50)); // more than sockets hold
    QTRY_COMPARE(m_echo->clients.load(), 1);
    QTRY_COMPARE(m_echo->clients.load(), 0);
    QTRY_COMPARE(m_echo->incomplete.load(), 1);
}

void tst_SlowClients::abandonedBodiesEnd()
{
    RawClient client(m_server->port());
    client.send(request("POST /", "Content-Length: 100\r\n") + "abc");
    client.shutdown();
    QTRY_COMPARE(m_echo->endedBodies.load(), 1);
}

void tst_SlowClients::stopsWhileClientsAreConnected()
{
    RawClient idle(m_server->port());
    idle.send(request("GET /"));
    QVERIFY(!idle.readUntil("at /").isEmpty());
    RawClient half(m_server->port());
    half.send("GET / HT");
    RawClient waiting(m_server->port());
    waiting.send(request("GET /wait"));
    m_echo->waiting.release();
    QElapsedTimer timer;
    timer.start();
    m_server.reset();
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(m_echo->endedBodies.load(), 0);
}

QTEST_GUILESS_MAIN(tst_SlowClients)
#include "tst_slowclients.moc"
