// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::ReplayServer;

namespace {

constexpr char kListing[] = R"({"images":[]})";

/// Three tries without any wait to speak of.
RetryPolicy quick()
{
    return RetryPolicy({.tries = 3, .first = 1ms, .longest = 1ms, .mostAsked = 1s});
}

} // namespace

/// What the client asks twice, how fast it goes, and what it does when a server wants a pause.
class Patience : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatReadsIsAskedAgain();
    void aLostLineIsTriedAgain();
    void triesEnd();
    void whatChangesSomethingIsNotRepeated_data();
    void whatChangesSomethingIsNotRepeated();
    void aLongPauseIsLeftToTheCaller();
    void cancellingEndsTheWait();
    void limitedTransfersArriveWhole();

private:
    QNetworkAccessManager m_network;
    QTemporaryDir m_directory;
};

void Patience::whatReadsIsAskedAgain()
{
    ReplayServer server;
    server.answer(503, "text/plain", "later", "Retry-After: 0\r\n");
    server.answer(502, "text/html", "<html>");
    server.answer(200, "application/json", kListing);
    ApiClient client(m_network, {}, quick());
    client.setServer(server.url(), {});
    VERIFY_OK(await(client.images(View::Guest, {}, 1)));
    QCOMPARE(server.requests().size(), 3);
}

void Patience::aLostLineIsTriedAgain()
{
    ReplayServer server;
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    server.answer(200, "image/jpeg", "pixels");
    ApiClient client(m_network, {}, quick());
    client.setServer(server.url(), {});
    const auto bytes = await(client.fetch(server.url(u"/preview"_s), 1000));
    VERIFY_OK(bytes);
    QCOMPARE(*bytes, QByteArray("pixels"));
}

void Patience::triesEnd()
{
    ReplayServer server;
    server.answer(500, "text/plain", "TypeError");
    ApiClient client(m_network, {}, quick());
    client.setServer(server.url(), {});
    QCOMPARE(await(client.capabilities()).error().kind, ErrorKind::Unavailable);
    QCOMPARE(server.requests().size(), 3);
}

void Patience::whatChangesSomethingIsNotRepeated_data()
{
    using Ask = std::function<bool(ApiClient&, const UploadRequest&)>;
    QTest::addColumn<Ask>("isDone");
    QTest::newRow("upload") << Ask([](ApiClient& client, const UploadRequest& request) {
        return await(client.upload(request, {})).has_value();
    });
    QTest::newRow("edit") << Ask([](ApiClient& client, const UploadRequest&) {
        return await(client.patch(u"a"_s, 1, {u"alt"_s, {}})).has_value();
    });
    QTest::newRow("delete") << Ask([](ApiClient& client, const UploadRequest&) {
        return await(client.remove(u"a"_s)).has_value();
    });
    QTest::newRow("download, which is counted") << Ask([](ApiClient& client, const UploadRequest&) {
        return await(client.downloadUrl(u"a"_s)).has_value();
    });
}

void Patience::whatChangesSomethingIsNotRepeated()
{
    using Ask = std::function<bool(ApiClient&, const UploadRequest&)>;
    QFETCH(Ask, isDone);
    ReplayServer server;
    server.answer(503, "text/plain", "later", "Retry-After: 0\r\n");
    ApiClient client(m_network, {}, quick());
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"a.jpg"_s, "pixels");
    request.idempotencyKey = u"key"_s;
    QVERIFY(!isDone(client, request));
    QCOMPARE(server.requests().size(), 1);
}

void Patience::aLongPauseIsLeftToTheCaller()
{
    ReplayServer server;
    server.answer(429, "text/plain", "later", "Retry-After: 300\r\n");
    ApiClient client(m_network, {}, quick());
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 1));
    QCOMPARE(page.error().kind, ErrorKind::RateLimited);
    QCOMPARE(page.error().retryAfter, 300s);
    QCOMPARE(server.requests().size(), 1);
}

void Patience::cancellingEndsTheWait()
{
    ReplayServer server;
    server.answer(503, "text/plain", "later");
    ApiClient client(m_network, {},
                     RetryPolicy({.tries = 2, .first = 1h, .longest = 1h, .mostAsked = 1h}));
    client.setServer(server.url(), {});
    auto page = client.images(View::Guest, {}, 1);
    QTRY_COMPARE(server.requests().size(), 1);
    QTRY_COMPARE(server.openConnections(), 0);
    page.cancel();
    QTRY_VERIFY(page.isFinished());
    QCOMPARE(page.resultCount(), 0);
}

void Patience::limitedTransfersArriveWhole()
{
    const QByteArray bytes(300'000, 'p');
    ReplayServer server;
    server.answer(200, "application/json", "true");
    server.answer(200, "image/jpeg", bytes);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    client.setBandwidth(2'000'000, 2'000'000);
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"b.jpg"_s, bytes);
    VERIFY_OK(await(client.upload(request, {})));
    QVERIFY(server.requests().first().body.contains(bytes));
    const auto fetched = await(client.fetch(server.url(u"/preview"_s), 1'000'000));
    VERIFY_OK(fetched);
    QCOMPARE(*fetched, bytes);
}

QTEST_GUILESS_MAIN(Patience)
#include "tst_patience.moc"
