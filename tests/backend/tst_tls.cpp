// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/httpserver.h"
#include "tests/backend/echoapplication.h"
#include "tests/backend/fixture.h"
#include "tests/backend/rawclient.h"
#include "tests/backend/runningserver.h"
#include "tests/support/pictures.h"
#include "tests/support/tlsfiles.h"

#include <QJsonDocument>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vitrine;
using vitrine::test::bodyOf;
using vitrine::test::EchoApplication;
using vitrine::test::RawClient;
using vitrine::test::RunningServer;
using vitrine::test::statusOf;

namespace {

backend::http::TlsFiles serverFiles()
{
    return {test::tlsFile("server.pem"), test::tlsFile("server.key")};
}

/// Agreed with the server on keys, and sure that it is the right one. Null if that fails.
std::unique_ptr<QSslSocket> connectedTo(quint16 port)
{
    auto socket = std::make_unique<QSslSocket>();
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(test::tlsFile("ca.pem")));
    socket->setSslConfiguration(configuration);
    socket->connectToHostEncrypted(u"127.0.0.1"_s, port);
    return socket->waitForEncrypted() ? std::move(socket) : nullptr;
}

/// What the server says to \a request until it ends the connection.
QByteArray askSecurely(quint16 port, const QByteArray& request)
{
    const auto socket = connectedTo(port);
    if (!socket)
        return {};
    socket->write(request);
    QByteArray answer;
    while (socket->waitForReadyRead())
        answer += socket->readAll();
    return answer + socket->readAll();
}

/// The first words of a client that knows nothing newer than TLS 1.1 (RFC 4346, 7.4.1.2). By hand:
/// today's libraries refuse to say them.
QByteArray tls11ClientHello()
{
    const QByteArray hello = QByteArray::fromHex("0302") + QByteArray(32, 'r') // version, random
                             + QByteArray::fromHex("00"                        // no session
                                                   "0004c009c00a" // ECDHE-ECDSA-AES-CBC-SHA
                                                   "0100");       // no compression
    const QByteArray message = QByteArray::fromHex("010000") + char(hello.size()) + hello;
    return QByteArray::fromHex("16030100") + char(message.size()) + message;
}

} // namespace

class tst_Tls final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesArrive();
    void oldTlsAndBareHttpAreRefused();
    void endsWithoutAGoodByeOfTheClient();
    void refusedBodiesGetTheirAnswer();
};

void tst_Tls::bytesArrive()
{
    RunningServer here;
    backend::ServerOptions secure = here.options();
    secure.tls = serverFiles();
    here.start(secure);
    QCOMPARE(here.server().url().scheme(), u"https"_s);
    const auto ask = [&](const QByteArray& line, const QByteArray& fields,
                         const QByteArray& body = {}) {
        return askSecurely(here.port(), here.request(line, fields, body));
    };
    const QByteArray picture = test::jpeg(test::picture({2000, 1500}), 100); // many records of TLS
    QVERIFY(picture.size() > 200'000);
    const QByteArray uploaded =
        ask("POST /api/admin/upload", here.uploadFields(), test::form(picture));
    QCOMPARE(statusOf(uploaded), 201);
    const QByteArray id = QJsonDocument::fromJson(bodyOf(uploaded))["id"_L1].toString().toLatin1();
    const QByteArray line = "GET /api/admin/original?id=" + id;
    QCOMPARE(bodyOf(ask(line, here.credentials())), picture);
    const QByteArray part = ask(line, here.credentials() + "Range: bytes=100000-199999\r\n");
    QCOMPARE(statusOf(part), 206);
    QCOMPARE(bodyOf(part), picture.mid(100'000, 100'000));
}

void tst_Tls::oldTlsAndBareHttpAreRefused()
{
    RunningServer here;
    backend::ServerOptions secure = here.options();
    secure.tls = serverFiles();
    here.start(secure);
    RawClient bare(here.port());
    bare.send("GET /api/setup HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(!bare.readToEnd().contains("HTTP/1.1 200"));
    RawClient old(here.port());
    old.send(tls11ClientHello());
    const QByteArray alert = old.readToEnd();
    QCOMPARE(alert.left(1).toHex(), "15");
    QCOMPARE(alert.right(2).toHex(), "0246"); // fatal, protocol_version: RFC 5246, 7.2
    const QByteArray others = here.request("GET /api/setup", {}, {});
    QCOMPARE(statusOf(askSecurely(here.port(), others)), 200);
}

// A client that never answers the server's good-bye does not hold the connection.
void tst_Tls::endsWithoutAGoodByeOfTheClient()
{
    EchoApplication echo;
    backend::http::ServerLimits limits;
    limits.drain = 1h;
    limits.grace = 100ms;
    const auto server =
        backend::http::HttpServer::listen({u"127.0.0.1"_s, 0, {}, serverFiles()}, limits);
    QVERIFY(server);
    (*server)->serve(echo);
    const auto socket = connectedTo((*server)->port());
    QVERIFY(socket);
    socket->write("GET /bye HTTP/1.1\r\nHost: localhost:" + QByteArray::number((*server)->port()) +
                  "\r\nConnection: close\r\n\r\n");
    QTRY_VERIFY(socket->peek(10'000).endsWith("at /bye"));
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
}

// The client has much more to send when the answer comes; it gets it all the same.
void tst_Tls::refusedBodiesGetTheirAnswer()
{
    EchoApplication echo;
    const auto server = backend::http::HttpServer::listen({u"127.0.0.1"_s, 0, {}, serverFiles()});
    QVERIFY(server);
    (*server)->serve(echo);
    const auto socket = connectedTo((*server)->port());
    QVERIFY(socket);
    socket->write("POST / HTTP/1.1\r\nHost: localhost:" + QByteArray::number((*server)->port()) +
                  "\r\nContent-Length: 30000000\r\n\r\n");
    socket->write(QByteArray(30'000'000, 'x'));
    QTRY_VERIFY(socket->peek(10'000).endsWith("too large"));
    QCOMPARE(statusOf(socket->readAll()), 413);
}

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_tls.moc"
