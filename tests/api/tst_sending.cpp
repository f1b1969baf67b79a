// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/sendingfixture.h"

#include <QSignalSpy>

using namespace vitrine;
using namespace vitrine::test;
using namespace Qt::StringLiterals;

/// What a server gets of a body that CurlNetwork sends, and a caller of the answer.
class Sending : public SendingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void bodyArrivesWhole_data();
    void bodyArrivesWhole();
    void headersGoOutOnce();
    void answerIsTold();
    void earlyHintsAreNoAnswer();
    void repeatedHeadersAreJoined();
    void trailersAreNoHeaders();
    void answerBeforeTheEndOfTheBodyIsRead();
    void longAnswerWaitsForItsReader();
    void bodyThatIsNotHereYetIsWaitedFor();
};

void Sending::bodyArrivesWhole_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {1, 64 * 1024, 64 * 1024 + 1, 5'000'000})
        QTest::addRow("%lld bytes", qlonglong(size)) << size;
}

void Sending::bodyArrivesWhole()
{
    QFETCH(qsizetype, size);
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url(u"/upload"_s), pattern(size));
    QSignalSpy progress(reply, &QNetworkReply::uploadProgress);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests().first().verb(), QByteArray("POST"));
    QCOMPARE(m_server->requests().first().target(), QByteArray("/upload"));
    QVERIFY(m_server->requests().first().body == pattern(size));
    QCOMPARE(progress.last(), QVariantList({qint64(size), qint64(size)}));
}

void Sending::headersGoOutOnce()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    finish(send(m_server->url()));
    const auto& request = m_server->requests().first();
    QCOMPARE(request.head.toLower().count("\r\ncontent-length:"), 1);
    QCOMPARE(request.header("Content-Type"), QByteArray("image/jpeg"));
    QCOMPARE(request.header("X-Word"), QByteArray("a, b"));
    QVERIFY(request.header("Expect").isEmpty());
    QVERIFY(request.header("Transfer-Encoding").isEmpty());
}

void Sending::answerIsTold()
{
    m_server->answer("HTTP/1.1 413 Too Much\r\nContent-Length: 5\r\nX-Why: large \r\n\r\nsorry",
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    QSignalSpy headers(reply, &QNetworkReply::metaDataChanged);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    finish(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 413);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray(),
             QByteArray("Too Much"));
    QCOMPARE(reply->rawHeader("X-Why"), QByteArray("large"));
    QCOMPARE(reply->readAll(), QByteArray("sorry"));
    QVERIFY(!headers.isEmpty());
    QCOMPARE(finished.size(), 1);
}

void Sending::earlyHintsAreNoAnswer()
{
    m_server->answer("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n" + kGood,
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    finish(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QVERIFY(!reply->hasRawHeader("X-Early"));
}

void Sending::repeatedHeadersAreJoined()
{
    m_server->answer("HTTP/1.1 200 Good\r\nX-One: a\r\nX-One: b\r\nContent-Length: 0\r\n\r\n",
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    finish(reply);
    QCOMPARE(reply->rawHeader("X-One"), QByteArray("a, b"));
}

void Sending::trailersAreNoHeaders()
{
    m_server->answer("HTTP/1.1 200 Good\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "4\r\nword\r\n0\r\nRetry-After: 60\r\n\r\n",
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    finish(reply);
    QCOMPARE(reply->readAll(), QByteArray("word"));
    QVERIFY(!reply->hasRawHeader("Retry-After"));
}

// It closes with much of the body unread, which resets the connection.
void Sending::answerBeforeTheEndOfTheBodyIsRead()
{
    const HastyServer server("HTTP/1.1 413 Too Much\r\nContent-Length: 5\r\n\r\nsorry");
    auto* reply = send(server.url(), pattern(50'000'000));
    finish(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 413);
    QCOMPARE(reply->readAll(), QByteArray("sorry"));
}

void Sending::longAnswerWaitsForItsReader()
{
    const QByteArray answer = pattern(5'000'000);
    m_server->answer(200, "image/jpeg", answer);
    auto* reply = send(m_server->url());
    reply->setReadBufferSize(100'000);
    QTRY_VERIFY(reply->bytesAvailable() >= 100'000);
    QByteArray read;
    while (read.size() < answer.size()) {
        QVERIFY(reply->bytesAvailable() < 200'000);
        QTRY_VERIFY(reply->bytesAvailable() > 0);
        read += reply->read(50'000);
    }
    QVERIFY(read == answer);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
}

void Sending::bodyThatIsNotHereYetIsWaitedFor()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    auto* body = new Slow(m_network.get());
    auto* reply = send(m_server->url(), body);
    QTRY_VERIFY(body->isWaitedFor());
    QVERIFY(m_server->requests().isEmpty());
    body->come();
    finish(reply);
    QCOMPARE(m_server->requests().first().body, QByteArray(1000, 'x'));
}

QTEST_GUILESS_MAIN(Sending)
#include "tst_sending.moc"
