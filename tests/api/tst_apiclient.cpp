// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/api/boat.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using protocol::Capabilities;
using test::await;
using test::boat;
using test::json;
using test::ReplayServer;
using namespace std::chrono_literals;

namespace {

QByteArray item()
{
    return json(protocol::toJson(boat()));
}

QJsonObject bodyOf(const ReplayServer::Request& request)
{
    return QJsonDocument::fromJson(request.body).object();
}

/// Answers with the head at once, and with a byte of the body each fifth of a second.
class TricklingServer final : public ReplayServer
{
protected:
    void reply(QTcpSocket* socket, const Canned& canned) override
    {
        const auto body = canned.bytes.indexOf("\r\n\r\n") + 4;
        socket->write(canned.bytes.first(body));
        auto* tick = new QTimer(socket);
        connect(tick, &QTimer::timeout, socket, [=, left = canned.bytes.mid(body)]() mutable {
            socket->write(left.first(1));
            left.remove(0, 1);
            if (left.isEmpty())
                socket->disconnectFromHost();
        });
        tick->start(200ms);
    }
};

} // namespace

/// What each method asks, and what it makes of right and wrong answers.
class ApiClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void basePathStaysInFront();
    void uploadIsSentInFull();
    void unreadableUploadIsSaid();
    void shrinkingUploadIsSaid();
    void oddKeysAndIdsAreNotSent();
    void outcomeIsAsked();
    void patchNamesItsRevision();
    void conflictIsToldUnlessItIsAsWanted();
    void removingTwiceIsFine_data();
    void removingTwiceIsFine();
    void silenceTimesOut();
    void whatMovesIsWaitedFor();
    void lostConnection_data();
    void lostConnection();
    void cutChunksAreNoAnswer();
    void cancellingAborts();
    void destroyingTheClientEndsItsFutures();

private:
    QNetworkAccessManager m_network;
    QTemporaryDir m_directory;
};

void ApiClientTest::basePathStaysInFront()
{
    ReplayServer server;
    server.answer(200, "application/json", R"({"images":[]})");
    ApiClient client(m_network);
    for (const QString& base : {u"/my%20gallery"_s, u"/my%20gallery/"_s}) {
        client.setServer(server.url(base), {});
        QVERIFY(await(client.images(View::Guest, {}, 1)));
        QCOMPARE(server.requests().last().target(), QByteArray("/my%20gallery/api/images?limit=1"));
    }
    QCOMPARE(client.originalUrl(u"a b"_s),
             server.url(u"/my%20gallery/api/admin/original?id=a%20b"_s));
}

void ApiClientTest::uploadIsSentInFull()
{
    const QByteArray bytes(700'000, 'p');
    ReplayServer server;
    server.answer(201, "application/json", item());
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"spooled"_s, bytes);
    request.name = u"boat.jpg"_s;
    request.type = u"image/jpeg"_s;
    request.alt = u"A boat"_s;
    request.idempotencyKey = u"6f1c7f0e-1111-4222-8333-444455556666"_s;
    request.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    qint64 done = 0, total = 0;
    const auto image = await(client.upload(request, [&](qint64 now, qint64 all) {
        QVERIFY(now >= done && all > 0);
        done = now;
        total = all;
    }));
    VERIFY_OK(image);
    QCOMPARE(*image, boat());
    const auto& sent = server.requests().first();
    QCOMPARE(sent.verb(), QByteArray("POST"));
    QCOMPARE(sent.target(), QByteArray("/api/admin/upload"));
    QCOMPARE(sent.header("Idempotency-Key"), request.idempotencyKey.toLatin1());
    QCOMPARE(sent.header("Content-Digest"), "sha-256=:" + request.sha256.toBase64() + ":");
    QCOMPARE(sent.header("Prefer"), QByteArray("return=representation"));
    QVERIFY(sent.header("Content-Type").startsWith("multipart/form-data; boundary="));
    QCOMPARE(sent.header("Content-Length").toLongLong(), sent.body.size());
    QVERIFY(sent.body.contains(QByteArray("\r\n\r\n" + bytes + "\r\n--")));
    QVERIFY(!sent.body.contains("isPrivate"));
    QCOMPARE(done, sent.body.size());
    QCOMPARE(total, sent.body.size());
    request.isPrivate = true;
    QVERIFY(await(client.upload(request, {})));
    QVERIFY(server.requests().last().body.contains("name=\"isPrivate\"\r\n\r\non\r\n"));
}

void ApiClientTest::unreadableUploadIsSaid()
{
    ReplayServer server;
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = m_directory.filePath(u"missing"_s);
    QCOMPARE(await(client.upload(request, {})).error().kind, ErrorKind::Storage);
    QVERIFY(server.requests().isEmpty());
}

void ApiClientTest::shrinkingUploadIsSaid()
{
    ReplayServer server;
    server.answer({}, ReplayServer::Then::StayOpen);
    ApiClient client(m_network, StallLimits{2s, 2s});
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"shrinks"_s, QByteArray(20'000'000, 'x'));
    const auto image =
        await(client.upload(request, [&](qint64, qint64) { QFile::resize(request.file, 1000); }));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::Storage);
    QVERIFY(server.requests().isEmpty()); // nothing that looks complete
}

void ApiClientTest::oddKeysAndIdsAreNotSent()
{
    ReplayServer server;
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"x"_s, "x");
    for (const QString& odd : {u"../x"_s, u".."_s, u"a\r\nX-Evil: 1"_s, u"a b"_s, u"é"_s}) {
        request.idempotencyKey = odd;
        QCOMPARE(await(client.upload(request, {})).error().kind, ErrorKind::InvalidInput);
        QCOMPARE(await(client.uploadOutcome(odd)).error().kind, ErrorKind::InvalidInput);
        QCOMPARE(await(client.patch(odd, 1, {})).error().kind, ErrorKind::InvalidInput);
    }
    QVERIFY(server.requests().isEmpty());
}

void ApiClientTest::outcomeIsAsked()
{
    ReplayServer server;
    server.answer(200, "application/json", item());
    server.answer(404, "application/problem+json", R"({"error":"No such upload."})");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto image = await(client.uploadOutcome(u"key-1"_s));
    VERIFY_OK(image);
    QCOMPARE(*image, boat());
    QCOMPARE(server.requests().first().target(), QByteArray("/api/admin/uploads/key-1"));
    QCOMPARE(await(client.uploadOutcome(u"key-2"_s)).error().kind, ErrorKind::NotFound);
}

void ApiClientTest::patchNamesItsRevision()
{
    ReplayServer server;
    server.answer(200, "application/json", item());
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QVERIFY(await(client.patch(u"b0a7"_s, 6, {u"A boat"_s, {}})));
    const auto& request = server.requests().last();
    QCOMPARE(request.verb(), QByteArray("PATCH"));
    QCOMPARE(request.target(), QByteArray("/api/admin/images/b0a7"));
    QCOMPARE(request.header("If-Match"), QByteArray("\"6\""));
    QCOMPARE(request.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(bodyOf(request), (QJsonObject{{u"alt"_s, u"A boat"_s}}));
    QVERIFY(await(client.patch(u"b0a7"_s, 0, {{}, true})));
    QVERIFY(server.requests().last().header("If-Match").isEmpty());
    QCOMPARE(bodyOf(server.requests().last()), (QJsonObject{{u"isPrivate"_s, true}}));
}

void ApiClientTest::conflictIsToldUnlessItIsAsWanted()
{
    ReplayServer server;
    server.answer(412, "application/json", item());
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QCOMPARE(await(client.patch(u"b0a7"_s, 6, {u"A ship"_s, {}})).error().kind,
             ErrorKind::Conflict);
    QCOMPARE(await(client.patch(u"b0a7"_s, 6, {u"A boat"_s, true})).error().kind,
             ErrorKind::Conflict);
    const auto image = await(client.patch(u"b0a7"_s, 6, {u"A boat"_s, false}));
    VERIFY_OK(image);
    QCOMPARE(image->revision, 7);
}

void ApiClientTest::removingTwiceIsFine_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isFine");
    QTest::newRow("true") << 200 << QByteArray("true") << true;
    QTest::newRow("gone") << 404 << QByteArray("{}") << true;
    QTest::newRow("false") << 200 << QByteArray("false") << false;
    QTest::newRow("trouble") << 500 << QByteArray("{}") << false;
}

void ApiClientTest::removingTwiceIsFine()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isFine);
    ReplayServer server;
    server.answer(status, "application/json", body);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QCOMPARE(await(client.remove(u"b0a7"_s)).has_value(), isFine);
    QCOMPARE(server.requests().first().target(), QByteArray("/api/admin/delete"));
    QCOMPARE(bodyOf(server.requests().first()), (QJsonObject{{u"id"_s, u"b0a7"_s}}));
}

void ApiClientTest::silenceTimesOut()
{
    ReplayServer server;
    server.answer({}, ReplayServer::Then::StayOpen);
    ApiClient client(m_network, StallLimits{50ms, 50ms});
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"y"_s, "x");
    QCOMPARE(await(client.images(View::Guest, {}, 1)).error().kind, ErrorKind::TimedOut);
    QCOMPARE(await(client.upload(request, {})).error().kind, ErrorKind::TimedOut);
    QCOMPARE(await(client.fetch(server.url(), 1)).error().kind, ErrorKind::TimedOut);
    QTRY_COMPARE(server.openConnections(), 0);
}

// For longer in all than nothing may move.
void ApiClientTest::whatMovesIsWaitedFor()
{
    TricklingServer server;
    server.answer(200, "image/jpeg", QByteArray(25, 'p'));
    ApiClient client(m_network, StallLimits{3s, 3s});
    client.setServer(server.url(), {});
    const auto bytes = await(client.fetch(server.url(), 100));
    VERIFY_OK(bytes);
    QCOMPARE(bytes->size(), 25);
}

void ApiClientTest::lostConnection_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Ty");
    QTest::newRow("half a body") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        "Content-Length: 100\r\n\r\n{\"images\":[]}");
}

void ApiClientTest::lostConnection()
{
    QFETCH(QByteArray, answer);
    ReplayServer server;
    server.answer(answer);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 1));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Network);
}

// Qt 6.4 may take the end of the connection for that of the body.
void ApiClientTest::cutChunksAreNoAnswer()
{
    ReplayServer server;
    server.answer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                  "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"images\":[");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QVERIFY(!await(client.images(View::Guest, {}, 1)));
}

void ApiClientTest::cancellingAborts()
{
    ReplayServer server;
    server.answer({}, ReplayServer::Then::StayOpen);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    auto future = client.images(View::Guest, {}, 1);
    QTRY_COMPARE(server.requests().size(), 1);
    future.cancel();
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.resultCount(), 0);
    QTRY_COMPARE(server.openConnections(), 0);
}

void ApiClientTest::destroyingTheClientEndsItsFutures()
{
    ReplayServer server;
    server.answer({}, ReplayServer::Then::StayOpen);
    auto client = std::make_unique<ApiClient>(m_network);
    client->setServer(server.url(), {});
    auto page = client->images(View::Guest, {}, 1);
    auto saved = client->save({.url = server.url(), .path = m_directory.filePath(u"z"_s)});
    QTRY_COMPARE(server.requests().size(), 2);
    client.reset();
    QVERIFY(page.isFinished());
    QVERIFY(saved.isFinished());
    QTRY_COMPARE(server.openConnections(), 0);
}

QTEST_GUILESS_MAIN(ApiClientTest)
#include "tst_apiclient.moc"
