// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/api/boat.h"
#include "tests/support/futures.h"
#include "tests/support/replayserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using protocol::Capabilities;
using test::await;
using test::boat;
using test::json;
using test::ReplayServer;

/// What ApiClient makes of a server's capabilities and listings, right and wrong ones.
class ReadingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capabilitiesAreRead();
    void unknownCapabilitiesAreTheDefaults_data();
    void unknownCapabilitiesAreTheDefaults();
    void troubleIsNoLackOfCapabilities();
    void listingIsReadThroughOnesOwnEyes();
    void largeListingIsRead();
    void listingOverTheLimitIsABadAnswer();
    void bombIsABadAnswer();
    void oddItemsAreLeftOutAndCounted();
    void brokenListing_data();
    void brokenListing();

private:
    QNetworkAccessManager m_network;
};

void ReadingTest::capabilitiesAreRead()
{
    Capabilities told{{Capabilities::Feature::Privacy, Capabilities::Feature::Delete}, 5, 6, 7};
    ReplayServer server;
    server.answer(200, "application/json", json(protocol::toJson(told)));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto read = await(client.capabilities());
    VERIFY_OK(read);
    QCOMPARE(read->features, told.features);
    QCOMPARE(read->maxBytes, 5);
    QCOMPARE(server.requests().first().target(), QByteArray("/api/capabilities"));
}

void ReadingTest::unknownCapabilitiesAreTheDefaults_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("404 JSON") << 404 << QByteArray("application/json");
    QTest::newRow("404 page") << 404 << QByteArray("text/html");
    QTest::newRow("405") << 405 << QByteArray("text/plain");
    QTest::newRow("200 page") << 200 << QByteArray("text/html; charset=utf-8");
}

void ReadingTest::unknownCapabilitiesAreTheDefaults()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    ReplayServer server;
    server.answer(status, type, "<html>");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto read = await(client.capabilities());
    VERIFY_OK(read);
    QCOMPARE(read->maxBytes, Capabilities::defaults().maxBytes);
    QVERIFY(read->features.isEmpty());
}

void ReadingTest::troubleIsNoLackOfCapabilities()
{
    ReplayServer server;
    server.answer(502, "text/html", "<html>");
    server.answer(200, "application/json", "{\"api\":\"vitr");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QCOMPARE(await(client.capabilities()).error().kind, ErrorKind::Unavailable);
    QCOMPARE(await(client.capabilities()).error().kind, ErrorKind::BadAnswer);
}

void ReadingTest::listingIsReadThroughOnesOwnEyes()
{
    ReplayServer server;
    server.answer(200, "application/json",
                  json(protocol::toJson(protocol::Page{{boat()}, u"next"_s})));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Owner, {}, 50));
    VERIFY_OK(page);
    QCOMPARE(page->images, QList{boat()});
    QCOMPARE(page->cursor, u"next"_s);
    QCOMPARE(server.requests().last().target(), QByteArray("/api/admin/images?limit=50"));
    QVERIFY(await(client.images(View::Guest, u"next"_s, -1)));
    QCOMPARE(server.requests().last().target(), QByteArray("/api/images?limit=1&cursor=next"));
}

void ReadingTest::largeListingIsRead()
{
    protocol::Page sent;
    for (int i = 0; i < 5000; ++i) {
        protocol::Image image = boat();
        image.id = QString::number(i);
        sent.images.append(image);
    }
    ReplayServer server;
    server.answer(200, "application/json", json(protocol::toJson(sent)));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 1000));
    VERIFY_OK(page);
    QCOMPARE(page->images, sent.images);
}

void ReadingTest::listingOverTheLimitIsABadAnswer()
{
    ReplayServer server;
    server.answer(200, "application/json",
                  "{\"images\":[" + QByteArray(17 * 1024 * 1024, ' ') + "]}");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QCOMPARE(await(client.images(View::Guest, {}, 1000)).error().kind, ErrorKind::BadAnswer);
}

void ReadingTest::bombIsABadAnswer()
{
    const QByteArray packed =
        qCompress(QByteArray(100'000'000, ' '), 9).mid(4); // less Qt's own head
    ReplayServer server;
    server.answer(200, "application/json", packed, "Content-Encoding: deflate\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 1));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::BadAnswer);
}

void ReadingTest::oddItemsAreLeftOutAndCounted()
{
    QJsonObject page = protocol::toJson(protocol::Page{{boat()}, u"next"_s});
    QJsonArray images = page[u"images"_s].toArray();
    images.append(QJsonObject{{u"id"_s, u"../secret-place"_s}});
    images.append(QJsonObject());
    page[u"images"_s] = images;
    ReplayServer server;
    server.answer(200, "application/json", json(page));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QTest::ignoreMessage(QtWarningMsg, "2 items of a listing could not be read"); // once
    const auto read = await(client.images(View::Owner, {}, 50));
    VERIFY_OK(read);
    QCOMPARE(read->images, QList{boat()});
    QCOMPARE(read->leftOut, 2);
}

void ReadingTest::brokenListing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no images") << QByteArray("{}");
    QTest::newRow("images of another type") << QByteArray(R"({"images":{}})");
    QTest::newRow("an image of another type") << QByteArray(R"({"images":[1]})");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("cut off") << QByteArray(R"({"images":[)");
    QTest::newRow("10,000 deep") << QByteArray(R"({"images":)" + QByteArray(10'000, '['));
    QTest::newRow("10 MB of nothing") << QByteArray(10'000'000, ' ');
}

void ReadingTest::brokenListing()
{
    QFETCH(QByteArray, body);
    ReplayServer server;
    server.answer(200, "application/json", body);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 100));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::BadAnswer);
}

QTEST_GUILESS_MAIN(ReadingTest)
#include "tst_reading.moc"
