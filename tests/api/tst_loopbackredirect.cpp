// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/loopbackredirect.h"

#include <QHostAddress>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <array>

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::LoopbackRedirect;

/// Where a browser comes back to: who is heard, and who is turned away.
class LoopbackRedirectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void itIsOfThisMachineAlone();
    void oneBrowserIsHeard();
    void whoeverElseComesIsTurnedAway_data();
    void whoeverElseComesIsTurnedAway();
    void whoSaysNothingDoesNotKeepTheOthersOut();
    void nobodyIsHeardBeforeItIsKnownWho();

private:
    QByteArray host() const { return QUrl(m_redirect->address()).authority().toLatin1(); }
    QByteArray ask(const QByteArray& request) const;
    QByteArray comingBack() const
    {
        return "GET /signed-in?code=a%2Bb&state=c%2B%2F%3D HTTP/1.1\r\nHost: " + host() +
               "\r\n\r\n";
    }

    std::unique_ptr<LoopbackRedirect> m_redirect;
};

void LoopbackRedirectTest::init()
{
    m_redirect = std::make_unique<LoopbackRedirect>();
    QVERIFY(m_redirect->listen());
    m_redirect->expect(u"c+/="_s);
}

// What is answered until the other side has closed.
QByteArray LoopbackRedirectTest::ask(const QByteArray& request) const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(QUrl(m_redirect->address()).port()));
    socket.write(request);
    const bool isClosed = QTest::qWaitFor(
        [&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 30'000);
    return isClosed ? socket.readAll() : QByteArray("still open");
}

void LoopbackRedirectTest::itIsOfThisMachineAlone()
{
    const QUrl url(m_redirect->address());
    QCOMPARE(url.scheme(), u"http"_s);
    QCOMPARE(url.host(), u"127.0.0.1"_s);
    QVERIFY(url.port() > 0);
    QVERIFY(url.query().isEmpty());
    LoopbackRedirect another;
    QVERIFY(another.listen());
    QVERIFY(another.address() != m_redirect->address());
    QTcpSocket elsewhere; // the whole net of 127 is this machine's, but nobody listens there
    elsewhere.connectToHost(QHostAddress(u"127.0.0.2"_s), quint16(url.port()));
    QTRY_COMPARE(elsewhere.error(), QAbstractSocket::ConnectionRefusedError);
}

void LoopbackRedirectTest::oneBrowserIsHeard()
{
    QSignalSpy returned(m_redirect.get(), &LoopbackRedirect::returned);
    const QByteArray answer = ask(comingBack());
    QVERIFY(answer.startsWith("HTTP/1.1 200 "));
    QVERIFY(answer.contains("Content-Security-Policy: default-src 'none'"));
    QVERIFY(!answer.contains("a+b") && !answer.contains("a%2Bb"));
    QCOMPARE(returned.size(), 1);
    const auto query = returned.first().first().value<QUrlQuery>();
    QCOMPARE(query.queryItemValue(u"code"_s, QUrl::FullyDecoded), u"a+b"_s);
    QVERIFY(!ask(comingBack()).startsWith("HTTP/1.1 200 "));
    QCOMPARE(returned.size(), 1);
}

void LoopbackRedirectTest::whoeverElseComesIsTurnedAway_data()
{
    QTest::addColumn<QByteArray>("request"); // HOST and CODE stand for the right ones
    QTest::newRow("icon") << QByteArray("GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("below") << QByteArray("GET /signed-in/?CODE HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("longer") << QByteArray("GET /signed-inn?CODE HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("twisted") << QByteArray(
        "GET /x/../signed-in?CODE HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("encoded") << QByteArray("GET /signed%2Din?CODE HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("whole address")
        << QByteArray("GET http://HOST/signed-in?CODE HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("another host") << QByteArray(
        "GET /signed-in?CODE HTTP/1.1\r\nHost: rebound.example.org\r\n\r\n");
    QTest::newRow("another name") << QByteArray(
        "GET /signed-in?CODE HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("no host") << QByteArray("GET /signed-in?CODE HTTP/1.1\r\n\r\n");
    QTest::newRow("two hosts") << QByteArray(
        "GET /signed-in?CODE HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n");
    QTest::newRow("a look at the head")
        << QByteArray("HEAD /signed-in?CODE HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("another state")
        << QByteArray("GET /signed-in?code=a&state=guessed HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("a refusal of another state")
        << QByteArray("GET /signed-in?error=access_denied&state=d HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("no state") << QByteArray("GET /signed-in?code=a HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("no question") << QByteArray("GET /signed-in HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("empty state") << QByteArray(
        "GET /signed-in?code=a&state= HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("two states") << QByteArray(
        "GET /signed-in?CODE&state=guessed HTTP/1.1\r\nHost: HOST\r\n\r\n");
    QTest::newRow("a form") << QByteArray(
        "POST /signed-in?CODE HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\r\n\r\n");
    QTest::newRow("long head") << "GET /signed-in?CODE HTTP/1.1\r\nHost: HOST\r\nCookie: " +
                                      QByteArray(100'000, 'a') + "\r\n\r\n";
    QTest::newRow("much") << "GET /signed-in?code=" + QByteArray(100'000, 'a');
}

void LoopbackRedirectTest::whoeverElseComesIsTurnedAway()
{
    QFETCH(QByteArray, request);
    QSignalSpy returned(m_redirect.get(), &LoopbackRedirect::returned);
    request.replace("HOST", host()).replace("CODE", "code=a&state=c%2B%2F%3D");
    const QByteArray answer = ask(request);
    // What is too long may be cut off so early that not even the answer arrives.
    QVERIFY(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"));
    QCOMPARE(answer.isEmpty() || answer.contains("</p>"), !request.startsWith("HEAD "));
    QCOMPARE(returned.size(), 0);
    QVERIFY(ask(comingBack()).startsWith("HTTP/1.1 200 "));
    QCOMPARE(returned.size(), 1);
}

void LoopbackRedirectTest::whoSaysNothingDoesNotKeepTheOthersOut()
{
    QSignalSpy returned(m_redirect.get(), &LoopbackRedirect::returned);
    std::array<QTcpSocket, 40> silent; // more than are heard at a time
    for (QTcpSocket& socket : silent) {
        socket.connectToHost(QHostAddress::LocalHost, quint16(QUrl(m_redirect->address()).port()));
        QTRY_VERIFY(socket.state() != QAbstractSocket::ConnectingState);
        socket.write("GET /signed-in");
    }
    QVERIFY(ask(comingBack()).startsWith("HTTP/1.1 200 "));
    QCOMPARE(returned.size(), 1);
}

void LoopbackRedirectTest::nobodyIsHeardBeforeItIsKnownWho()
{
    m_redirect->expect({});
    const QByteArray answer =
        ask("GET /signed-in?code=a&state= HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
    QVERIFY(answer.startsWith("HTTP/1.1 400 "));
}

QTEST_GUILESS_MAIN(LoopbackRedirectTest)
#include "tst_loopbackredirect.moc"
