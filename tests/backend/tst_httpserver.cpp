// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/echoserver.h"
#include "tests/backend/rawclient.h"

using namespace Qt::StringLiterals;
using vitrine::test::EchoServer;
using vitrine::test::RawClient;
using vitrine::test::statusOf;

/// Requests, and what becomes of them.
class tst_HttpServer final : public EchoServer
{
    Q_OBJECT

private Q_SLOTS:
    void malformedRequests_data();
    void malformedRequests();
    void headInSmallPieces();
    void pipelinedAnswersComeInOrder();
    void bodies_data();
    void bodies();
    void tooLargeBodiesAreToldSo();
    void refusedBodiesAreNotRead();
    void continueIsSentWhenTheBodyIsWanted();
    void exceptionsCostOneAnswer_data();
    void exceptionsCostOneAnswer();
    void oldClientsGetOneAnswer();
    void headHasNoBody();
    void headTakesNoRange_data();
    void headTakesNoRange();
    void files_data();
    void files();
    void everyAnswerForbidsSniffing();
    void answersAreAccountedFor();
};

void tst_HttpServer::malformedRequests_data()
{
    QTest::addColumn<QByteArray>("text"); // HOST stands for a right Host field
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& text, int status) {
        QTest::newRow(name) << text << status;
    };
    row("no request", "hello\r\n\r\n", 400);
    row("binary", QByteArray("\x16\x03\x01\x02\0\x01\r\n\r\n", 10), 400);
    row("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400);
    row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two Hosts", "GET / HTTP/1.1\r\nHOST\r\nHOST\r\n\r\n", 400);
    row("another Host", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", 421);
    row("Host without the port", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 421);
    row("absolute target", "GET http://example.org/ HTTP/1.1\r\nHOST\r\n\r\n", 400);
    row("8-bit target", "GET /\xc3\xa4 HTTP/1.1\r\nHOST\r\n\r\n", 400);
    row("long target", "GET /" + QByteArray(5000, 'a') + " HTTP/1.1\r\nHOST\r\n\r\n", 414);
    row("folded field", "GET / HTTP/1.1\r\nHOST\r\nX: a\r\n b\r\n\r\n", 400);
    row("control in a field", "GET / HTTP/1.1\r\nHOST\r\nX: a\0b\r\n\r\n"_ba, 400);
    row("space before the colon", "GET / HTTP/1.1\r\nHOST\r\nX : a\r\n\r\n", 400);
    row("many fields", "GET / HTTP/1.1\r\nHOST\r\n" + QByteArray("X: a\r\n").repeated(80) + "\r\n",
        431);
    row("large field", "GET / HTTP/1.1\r\nHOST\r\nX: " + QByteArray(20'000, 'a') + "\r\n\r\n", 431);
    row("two lengths", "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        400);
    row("list of lengths", "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 1, 1\r\n\r\na", 400);
    row("five, five", "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 5, 5\r\n\r\nhello", 400);
    row("two codings",
        "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        400);
    row("chunk extension without end",
        "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
            QByteArray(100'000, 'e'),
        400);
    row("negative length", "POST / HTTP/1.1\r\nHOST\r\nContent-Length: -1\r\n\r\n", 400);
    row("length with a sign", "POST / HTTP/1.1\r\nHOST\r\nContent-Length: +1\r\n\r\na", 400);
    row("endless length", "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 99999999999999999999\r\n\r\n",
        400);
    row("length and chunks",
        "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 1\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        400);
    row("another coding",
        "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
    row("coding in disguise",
        "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501);
    row("chunks in HTTP/1.0",
        "POST / HTTP/1.0\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("bad chunk size", "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        400);
    row("another expectation",
        "POST / HTTP/1.1\r\nHOST\r\nExpect: coffee\r\nContent-Length: 1\r\n\r\na", 417);
    row("another version", "GET / HTTP/3.0\r\nHOST\r\n\r\n", 400);
}

void tst_HttpServer::malformedRequests()
{
    QFETCH(QByteArray, text);
    const QByteArray answer = ask(text.replace("HOST\r\n", host()));
    QTEST(statusOf(answer), "status");
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QCOMPARE(answer.count("HTTP/1.1 "), 1);
}

void tst_HttpServer::headInSmallPieces()
{
    RawClient client(m_server->port());
    for (const char c : request("GET /small"))
        client.send(QByteArray(1, c));
    QVERIFY(client.readUntil("at /small").contains("200 OK"));
}

void tst_HttpServer::pipelinedAnswersComeInOrder()
{
    QByteArray all;
    for (int i = 0; i < 20; ++i)
        all += request("GET /" + QByteArray::number(i)) +
               request("POST /", "Content-Length: 3\r\n") + "abc";
    const QByteArray answers = ask(all + request("GET /end", "Connection: close\r\n"));
    qsizetype at = 0;
    for (int i = 0; i < 20; ++i) {
        const qsizetype next = answers.indexOf(QByteArray("at /" + QByteArray::number(i)), at);
        QVERIFY(next > at);
        at = answers.indexOf("took 3", next);
        QVERIFY(at > next);
    }
    QVERIFY(answers.endsWith("at /end"));
}

void tst_HttpServer::bodies_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray large(900'000, 'x');
    QTest::newRow("empty") << QByteArray("Content-Length: 0\r\n") << QByteArray()
                           << QByteArray("took 0");
    QTest::newRow("no length") << QByteArray() << QByteArray() << QByteArray("took 0");
    QTest::newRow("large") << QByteArray("Content-Length: 900000\r\n") << large
                           << QByteArray("took 900000");
    QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                             << QByteArray("3\r\nabc\r\n4;ext=1\r\ndefg\r\n0\r\nTrailer: x\r\n\r\n")
                             << QByteArray("took 7");
    QTest::newRow("large chunk") << QByteArray("Transfer-Encoding: chunked\r\n")
                                 << QByteArray(QByteArray::number(large.size(), 16) + "\r\n" +
                                               large + "\r\n0\r\n\r\n")
                                 << QByteArray("took 900000");
}

void tst_HttpServer::bodies()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, answer);
    const QByteArray next = request("GET /next", "Connection: close\r\n");
    const QByteArray answers = ask(request("POST /", fields) + body + next);
    QVERIFY(answers.contains(QByteArray(answer + "HTTP/1.1 200 OK")));
    QVERIFY(answers.endsWith("at /next"));
    QCOMPARE(m_echo->endedBodies.load(), 1);
}

void tst_HttpServer::tooLargeBodiesAreToldSo()
{
    const QByteArray size = QByteArray::number(30'000'000);
    const QByteArray answer =
        ask(request("POST /", "Content-Length: " + size + "\r\n") + QByteArray(30'000'000, 'x'));
    QCOMPARE(statusOf(answer), 413); // and no reset that destroys it
    QVERIFY(answer.endsWith("too large"));
}

void tst_HttpServer::refusedBodiesAreNotRead()
{
    const QByteArray answer = ask(request("POST /refuse", "Content-Length: 500000\r\n") +
                                  request("GET /smuggled") + QByteArray(100'000, 'x'));
    QCOMPARE(statusOf(answer), 403);
    QVERIFY(answer.endsWith("Access denied."));
}

void tst_HttpServer::continueIsSentWhenTheBodyIsWanted()
{
    RawClient client(m_server->port());
    client.send(request("POST /", "Expect: 100-continue\r\nContent-Length: 3\r\n"));
    QCOMPARE(statusOf(client.readUntil("\r\n\r\n")), 100);
    client.send("abc");
    QVERIFY(client.readUntil("took 3").contains("200 OK"));

    const QByteArray refused =
        ask(request("POST /refuse", "Expect: 100-continue\r\nContent-Length: 3\r\n"));
    QCOMPARE(statusOf(refused), 403);
}

void tst_HttpServer::exceptionsCostOneAnswer_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("at the head") << QByteArray("GET /throw") << QByteArray();
    QTest::newRow("in the body") << QByteArray("POST /") << QByteArray("!!!");
}

void tst_HttpServer::exceptionsCostOneAnswer()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, body);
    RawClient client(m_server->port());
    client.send(request(line, "Content-Length: " + QByteArray::number(body.size()) + "\r\n") +
                body + request("GET /next", "Connection: close\r\n"));
    const QByteArray answers = client.readToEnd();
    QCOMPARE(statusOf(answers), 500);
    QVERIFY(answers.endsWith("at /next"));
}

void tst_HttpServer::oldClientsGetOneAnswer()
{
    const QByteArray answer = ask("GET /old HTTP/1.0\r\n" + host() + "\r\n");
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.endsWith("at /old"));
}

void tst_HttpServer::headHasNoBody()
{
    const QByteArray answer = ask(request("HEAD /file", "Connection: close\r\n"));
    QCOMPARE(statusOf(answer), 200);
    const QByteArray length = "Content-Length: " + QByteArray::number(m_content.size());
    QVERIFY(answer.contains(length));
    QVERIFY(answer.endsWith("\r\n\r\n"));
}

void tst_HttpServer::headTakesNoRange_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::newRow("satisfiable") << "bytes=0-9"_ba;
    QTest::newRow("behind the end") << "bytes=99999999-"_ba;
}

// RFC 9110, 14.2: ranges are for GET alone.
void tst_HttpServer::headTakesNoRange()
{
    QFETCH(QByteArray, range);
    const QByteArray answer =
        ask(request("HEAD /file", "Range: " + range + "\r\nConnection: close\r\n"));
    QCOMPARE(statusOf(answer), 200);
    const QByteArray length = "Content-Length: " + QByteArray::number(m_content.size()) + "\r\n";
    QVERIFY(answer.contains(length));
    QVERIFY(answer.contains("Accept-Ranges: bytes\r\n"));
    QVERIFY(!answer.contains("Content-Range"));
    const QByteArray known =
        ask(request("HEAD /file", "If-None-Match: *\r\nConnection: close\r\n"));
    QCOMPARE(statusOf(known), 304); // other conditions are for both
}

void tst_HttpServer::files_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::addColumn<qsizetype>("from");
    QTest::addColumn<qsizetype>("count");
    const auto row = [](const char* name, const char* fields, int status, qsizetype from,
                        qsizetype count) {
        QTest::newRow(name) << QByteArray(fields) << status << from << count;
    };
    const qsizetype size = m_content.size();
    row("whole", "", 200, 0, size);
    row("first ten", "Range: bytes=0-9\r\n", 206, 0, 10);
    row("from the middle", "Range: bytes=1000000-\r\n", 206, 1'000'000, size - 1'000'000);
    row("last five", "Range: bytes=-5\r\n", 206, size - 5, 5);
    row("more than there is", "Range: bytes=5-99999999\r\n", 206, 5, size - 5);
    row("behind the end", "Range: bytes=99999999-\r\n", 416, 0, 0);
    row("none of the last", "Range: bytes=-0\r\n", 416, 0, 0);
    row("backwards", "Range: bytes=9-5\r\n", 200, 0, size);
    row("several", "Range: bytes=0-1,5-6\r\n", 200, 0, size);
    row("another unit", "Range: pages=1-2\r\n", 200, 0, size);
    row("nonsense", "Range: bytes=a-b\r\n", 200, 0, size);
    row("same tag", "Range: bytes=0-9\r\nIf-Range: \"tag\"\r\n", 206, 0, 10);
    row("another tag", "Range: bytes=0-9\r\nIf-Range: \"old\"\r\n", 200, 0, size);
    row("known", "If-None-Match: \"old\", W/\"tag\"\r\n", 304, 0, 0);
    row("anything known", "If-None-Match: *\r\n", 304, 0, 0);
}

void tst_HttpServer::files()
{
    QFETCH(QByteArray, fields);
    QFETCH(qsizetype, from);
    QFETCH(qsizetype, count);
    const QByteArray answer = ask(request("GET /file", fields + "Connection: close\r\n"));
    QTEST(statusOf(answer), "status");
    QCOMPARE(answer.mid(answer.indexOf("\r\n\r\n") + 4), m_content.mid(from, count));
}

void tst_HttpServer::everyAnswerForbidsSniffing()
{
    for (const char* line : {"GET /", "GET /file", "GET /throw", "POST /refuse"})
        QVERIFY(ask(request(line, "Connection: close\r\n"))
                    .contains("X-Content-Type-Options: nosniff"));
}

void tst_HttpServer::answersAreAccountedFor()
{
    const QByteArray torn = ask(request("GET /tear"));
    QCOMPARE(torn.mid(torn.indexOf("\r\n\r\n") + 4), m_content.left(1000));
    QTRY_COMPARE(m_echo->incomplete.load(), 1);
    QCOMPARE(m_echo->sentBytes.load(), 1000);
    ask(request("GET /file", "Range: bytes=0-9\r\nConnection: close\r\n"));
    QTRY_COMPARE(m_echo->sentBytes.load(), 1010);
    QCOMPARE(m_echo->incomplete.load(), 1);
}

QTEST_GUILESS_MAIN(tst_HttpServer)
#include "tst_httpserver.moc"
