// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/metadata.h"
#include "tests/support/futures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;

namespace {

const QUrl kGallery(u"https://photos.example.org"_s);

QJsonObject metadata(const QString& host)
{
    const QString base = u"https://"_s + host;
    return {{u"issuer"_s, base},
            {u"authorization_endpoint"_s, base + u"/cdn-cgi/access/oauth/authorization"_s},
            {u"token_endpoint"_s, base + u"/cdn-cgi/access/oauth/token"_s},
            {u"registration_endpoint"_s, base + u"/cdn-cgi/access/oauth/registration"_s},
            {u"response_types_supported"_s, QJsonArray{u"code"_s}},
            {u"code_challenge_methods_supported"_s, QJsonArray{u"plain"_s, u"S256"_s}}};
}

} // namespace

/// Whom a gallery may name to sign its people in.
class OAuthMetadataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoMaySignIn_data();
    void whoMaySignIn();
    void a401TellsWhere_data();
    void a401TellsWhere();
    void wellKnownAddressesKeepThePath();
    void theGalleryOrAccessSignsIn();
    void issuerIsReadAndJudged_data();
    void issuerIsReadAndJudged();
    void whatIsWrongIsRefused_data();
    void whatIsWrongIsRefused();
};

void OAuthMetadataTest::whoMaySignIn_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("may");
    QTest::newRow("itself") << u"https://photos.example.org/token"_s << true;
    QTest::newRow("its port") << u"https://photos.example.org:443/token"_s << true;
    QTest::newRow("Access") << u"https://team.cloudflareaccess.com/token"_s << true;
    QTest::newRow("another port") << u"https://photos.example.org:8443/token"_s << false;
    QTest::newRow("another host") << u"https://example.org/token"_s << false;
    QTest::newRow("like Access") << u"https://notcloudflareaccess.com/token"_s << false;
    QTest::newRow("below another")
        << u"https://team.cloudflareaccess.com.example.org/token"_s << false;
    QTest::newRow("http") << u"http://photos.example.org/token"_s << false;
    QTest::newRow("http Access") << u"http://team.cloudflareaccess.com/token"_s << false;
    QTest::newRow("Access's other port") << u"https://team.cloudflareaccess.com:8443/"_s << false;
    QTest::newRow("a user") << u"https://photos.example.org@example.net/token"_s << false;
    QTest::newRow("its user") << u"https://ada@photos.example.org/token"_s << false;
    QTest::newRow("this machine") << u"http://127.0.0.1:8080/token"_s << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("a fragment") << u"https://photos.example.org/token#a"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void OAuthMetadataTest::whoMaySignIn()
{
    QFETCH(QString, url);
    QTEST(maySignInTo(kGallery, QUrl(url)), "may");
}

void OAuthMetadataTest::a401TellsWhere_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("where");
    QTest::newRow("alone") << QByteArray(R"(Bearer resource_metadata="https://a.example/b")")
                           << u"https://a.example/b"_s;
    QTest::newRow("among others")
        << QByteArray(
               R"(Bearer realm="x", error="invalid_token", Resource_Metadata = "https://a/b?c")")
        << u"https://a/b?c"_s;
    QTest::newRow("not there") << QByteArray(R"(Bearer realm="x")") << QString();
    QTest::newRow("another word") << QByteArray(R"(Bearer my_resource_metadata="https://a/b")")
                                  << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void OAuthMetadataTest::a401TellsWhere()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, where);
    QCOMPARE(resourceMetadataIn(header), QUrl(where));
}

void OAuthMetadataTest::wellKnownAddressesKeepThePath()
{
    QCOMPARE(wellKnown(QUrl(u"https://a.example"_s), "x"_L1),
             QUrl(u"https://a.example/.well-known/x"_s));
    QCOMPARE(wellKnown(QUrl(u"https://a.example/b/?c#d"_s), "x"_L1),
             QUrl(u"https://a.example/.well-known/x/b"_s));
}

void OAuthMetadataTest::theGalleryOrAccessSignsIn()
{
    for (const QString& host : {u"photos.example.org"_s, u"team.cloudflareaccess.com"_s}) {
        const QUrl issuer(u"https://"_s + host + u'/');
        const auto server = authorizationServerIn(metadata(host), issuer, kGallery);
        VERIFY_OK(server);
        QCOMPARE(server->token.host(), host);
        VERIFY_OK(authorizationServerIn(metadata(host), {}, kGallery));
    }
}

void OAuthMetadataTest::issuerIsReadAndJudged_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("issuer"); // empty: BadAnswer
    QTest::newRow("Access")
        << QByteArray(R"({"resource":"https://photos.example.org/",)"
                      R"("authorization_servers":["https://team.cloudflareaccess.com"]})")
        << u"https://team.cloudflareaccess.com"_s;
    QTest::newRow("another gallery's")
        << QByteArray(R"({"resource":"https://example.org",)"
                      R"("authorization_servers":["https://team.cloudflareaccess.com"]})")
        << QString();
    QTest::newRow("elsewhere") << QByteArray(R"({"resource":"https://photos.example.org",)"
                                             R"("authorization_servers":["https://example.org"]})")
                               << QString();
    QTest::newRow("nobody") << QByteArray(R"({"resource":"https://photos.example.org"})")
                            << QString();
    QTest::newRow("of another kind")
        << QByteArray(R"({"resource":7,"authorization_servers":{"a":1}})") << QString();
}

void OAuthMetadataTest::issuerIsReadAndJudged()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, issuer);
    const auto read = issuerIn(QJsonDocument::fromJson(json).object(), kGallery);
    QCOMPARE(read.has_value(), !issuer.isEmpty());
    if (read)
        QCOMPARE(*read, QUrl(issuer));
    else
        QCOMPARE(read.error().kind, ErrorKind::BadAnswer);
}

void OAuthMetadataTest::whatIsWrongIsRefused_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char* name, const QString& member, const QJsonValue& value,
                        ErrorKind kind = ErrorKind::BadAnswer) {
        QTest::newRow(name) << member << value << kind;
    };
    row("another issuer", u"issuer"_s, u"https://other.cloudflareaccess.com"_s);
    row("a page elsewhere", u"authorization_endpoint"_s, u"https://evil.example/authorize"_s);
    row("an open page", u"authorization_endpoint"_s, u"http://team.cloudflareaccess.com/a"_s);
    row("tokens elsewhere", u"token_endpoint"_s, u"https://evil.example/token"_s);
    row("open tokens", u"token_endpoint"_s, u"http://photos.example.org/token"_s);
    row("tokens of this machine", u"token_endpoint"_s, u"http://127.0.0.1/token"_s);
    row("registration elsewhere", u"registration_endpoint"_s, u"https://evil.example/r"_s);
    row("no tokens", u"token_endpoint"_s, {});
    row("of another kind", u"token_endpoint"_s, QJsonArray{u"https://photos.example.org"_s});
    row("no registration", u"registration_endpoint"_s, {}, ErrorKind::Unsupported);
    row("no PKCE", u"code_challenge_methods_supported"_s, {}, ErrorKind::Unsupported);
    row("PKCE without a hash", u"code_challenge_methods_supported"_s, QJsonArray{u"plain"_s},
        ErrorKind::Unsupported);
    row("no codes", u"response_types_supported"_s, QJsonArray{u"token"_s}, ErrorKind::Unsupported);
}

void OAuthMetadataTest::whatIsWrongIsRefused()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject told = metadata(u"team.cloudflareaccess.com"_s);
    const QUrl issuer(told["issuer"_L1].toString());
    told.insert(member, value);
    const auto server = authorizationServerIn(told, issuer, kGallery);
    QVERIFY(!server);
    QTEST(server.error().kind, "kind");
}

QTEST_GUILESS_MAIN(OAuthMetadataTest)
#include "tst_oauthmetadata.moc"
