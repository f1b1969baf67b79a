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

private Q_SLOTS:
    void slowClientsAreCutOff_data();
    void slowClientsAreCutOff();
    void oneWhoWaitsHoldsNobodyUp();
    void idleOnesMakeRoom();
    void heldBackOnesMakeRoom();
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

void tst_SlowClients::idleOnesMakeRoom()
{
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 100; ++i) // the limit is 40
        crowd.push_back(std::make_unique<RawClient>(m_server->port()));
    QCOMPARE(statusOf(ask(request("GET /", "Connection: close\r\n"))), 200);
}

void tst_SlowClients::heldBackOnesMakeRoom()
{
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 100; ++i) { // the limit is 40
        crowd.push_back(std::make_unique<RawClient>(m_server->port()));
        crowd.back()->send(request("GET /punish"));
    }
    QCOMPARE(statusOf(ask(request("GET /", "Connection: close\r\n"))), 200);
    QTRY_VERIFY(m_echo->clients <= 40);
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
