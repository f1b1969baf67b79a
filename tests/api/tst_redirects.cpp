// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/futures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

const QByteArray kSecret = "s3cret-half-of-the-token";
constexpr qint64 kLimit = 1'000'000;

access::Credential serviceToken()
{
    return access::ServiceToken{u"id.access"_s, access::Secret(kSecret)};
}

QByteArray redirectTo(const QByteArray& location, int status = 302)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Moved\r\nLocation: " + location +
           "\r\nSet-Cookie: CF_Authorization=abc\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

} // namespace

class Redirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void credentialGoesToTheOwnServer_data();
    void credentialGoesToTheOwnServer();
    void credentialDoesNotFollowToAnotherOrigin_data();
    void credentialDoesNotFollowToAnotherOrigin();
    void credentialStaysWithAPreviewElsewhere();
    void noCookieComesBack();
    void endlessOnesEnd();
    void nowhereGoodIsABadAnswer_data();
    void nowhereGoodIsABadAnswer();
    void anUploadIsNotSentAgain();
    void downloadAddressIsHandedOutNotFollowed();

private:
    QNetworkAccessManager m_network;
};

void Redirects::credentialGoesToTheOwnServer_data()
{
    QTest::addColumn<access::Credential>("credential");
    QTest::addColumn<QByteArrayList>("sent"); // id, secret, person's token, bearer token
    const access::Secret secret(kSecret);
    QTest::newRow("service token")
        << serviceToken() << QByteArrayList{"id.access", kSecret, {}, {}};
    QTest::newRow("person") << access::Credential(access::PersonToken{secret})
                            << QByteArrayList{{}, {}, kSecret, {}};
    QTest::newRow("OAuth") << access::Credential(access::OAuthToken{secret, {}, {}, {}, {}})
                           << QByteArrayList{{}, {}, {}, "Bearer " + kSecret};
}

void Redirects::credentialGoesToTheOwnServer()
{
    QFETCH(access::Credential, credential);
    QFETCH(QByteArrayList, sent);
    ReplayServer server;
    server.answer(redirectTo("/api/images/elsewhere"));
    server.answer(200, "application/json", R"({"images":[]})");
    ApiClient client(m_network);
    client.setServer(server.url(), credential);
    QVERIFY(await(client.images(View::Owner, {}, 10)));
    QCOMPARE(server.requests().size(), 2);
    for (const auto& request : server.requests()) {
        QCOMPARE(request.header("CF-Access-Client-Id"), sent.at(0));
        QCOMPARE(request.header("CF-Access-Client-Secret"), sent.at(1));
        QCOMPARE(request.header("cf-access-token"), sent.at(2));
        QCOMPARE(request.header("Authorization"), sent.at(3));
        QCOMPARE(request.header("X-Requested-With"), QByteArray("XMLHttpRequest"));
    }
}

void Redirects::credentialDoesNotFollowToAnotherOrigin_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<access::Credential>("credential");
    const access::OAuthToken oauth{access::Secret(kSecret), {}, {}, {}, {}};
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d", status) << status << serviceToken();
        QTest::addRow("%d, OAuth", status) << status << access::Credential(oauth);
    }
}

void Redirects::credentialDoesNotFollowToAnotherOrigin()
{
    QFETCH(int, status);
    QFETCH(access::Credential, credential);
    ReplayServer elsewhere;
    elsewhere.answer(200, "image/jpeg", "pixels");
    ReplayServer server;
    server.answer(redirectTo(elsewhere.url(u"/picture?sig=1"_s).toEncoded(), status));
    ApiClient client(m_network);
    client.setServer(server.url(), credential);
    const auto bytes = await(client.fetch(server.url(u"/preview"_s), kLimit));
    VERIFY_OK(bytes);
    QCOMPARE(*bytes, QByteArray("pixels"));
    const QTemporaryDir directory;
    VERIFY_OK(await(client.save(
        {.url = server.url(u"/highres"_s), .path = directory.filePath(u"boat.jpg"_s)})));
    for (const auto& request : server.requests())
        QVERIFY(request.mentions(kSecret));
    QCOMPARE(elsewhere.requests().size(), 2);
    for (const auto& request : elsewhere.requests()) {
        QVERIFY(!request.mentions(kSecret));
        QVERIFY(!request.mentions("id.access"));
        QVERIFY(request.header("X-Requested-With").isEmpty());
    }
}

void Redirects::credentialStaysWithAPreviewElsewhere()
{
    ReplayServer elsewhere;
    elsewhere.answer(200, "image/jpeg", "pixels");
    ReplayServer server;
    ApiClient client(m_network);
    client.setServer(server.url(), serviceToken());
    QUrl url = elsewhere.url(u"/preview"_s);
    url.setUserInfo(u"somebody:password"_s);
    QVERIFY(await(client.fetch(url, kLimit)));
    QVERIFY(!elsewhere.requests().first().mentions(kSecret));
    QVERIFY(elsewhere.requests().first().header("Authorization").isEmpty());
}

void Redirects::noCookieComesBack()
{
    ReplayServer server;
    server.answer(redirectTo("/again"));
    server.answer(200, "image/jpeg", "pixels", "Set-Cookie: CF_Authorization=abc\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), serviceToken());
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"boat.jpg"_s);
    for (int i = 0; i < 2; ++i) {
        QVERIFY(await(client.fetch(server.url(u"/preview"_s), kLimit)));
        QVERIFY(await(client.save({.url = server.url(u"/highres"_s), .path = path})));
    }
    for (const auto& request : server.requests())
        QVERIFY(request.header("Cookie").isEmpty());
}

void Redirects::endlessOnesEnd()
{
    ReplayServer server;
    server.answer(redirectTo("/api/images"));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 10));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(server.requests().size(), 6);
}

void Redirects::nowhereGoodIsABadAnswer_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("data") << QByteArray("data:application/json,{}");
    QTest::newRow("no host") << QByteArray("http:///x");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/x");
}

void Redirects::nowhereGoodIsABadAnswer()
{
    QFETCH(QByteArray, location);
    ReplayServer server;
    server.answer(redirectTo(location));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 10));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(await(client.downloadUrl(u"a"_s)).error().kind, ErrorKind::BadAnswer);
}

void Redirects::anUploadIsNotSentAgain()
{
    ReplayServer elsewhere;
    elsewhere.answer(200, "application/json", "true");
    ReplayServer server;
    server.answer(redirectTo(elsewhere.url(u"/"_s).toEncoded(), 307));
    ApiClient client(m_network);
    client.setServer(server.url(), serviceToken());
    const auto removed = await(client.remove(u"a"_s));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(elsewhere.requests().isEmpty());
}

void Redirects::downloadAddressIsHandedOutNotFollowed()
{
    ReplayServer server;
    server.answer(redirectTo("/imagedelivery/a/b/highres?exp=1&sig=2"));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto url = await(client.downloadUrl(u"an id&x=1"_s));
    VERIFY_OK(url);
    QCOMPARE(*url, server.url(u"/imagedelivery/a/b/highres?exp=1&sig=2"_s));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().target(), QByteArray("/api/download?id=an%20id%26x%3D1"));
}

QTEST_GUILESS_MAIN(Redirects)
#include "tst_redirects.moc"
