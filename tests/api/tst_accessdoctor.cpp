// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/accessdoctor.h"
#include "app/api/answer.h"
#include "app/api/apiclient.h"
#include "tests/support/futures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QTcpServer>
#include <QTest>
#include <QTimeZone>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using Kind = Shown::Kind;
using test::await;
using test::ReplayServer;

namespace {

using Headers = QList<QNetworkReply::RawHeaderPair>;

constexpr char kPage[] = "<!DOCTYPE html><title>Sign in</title>";
const Headers kHtml{{"Content-Type", "text/html"}};
const Headers kTeam{{"Location", "https://team.cloudflareaccess.com/cdn-cgi/access/login/x?kid=1"}};

QDateTime now()
{
    return QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc());
}

Shown person(qint64 fromSeconds, qint64 untilSeconds)
{
    return {Kind::PersonToken, now().addSecs(fromSeconds), now().addSecs(untilSeconds)};
}

} // namespace

/// One row for each case that the doctor tells apart.
class AccessDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void silences_data();
    void silences();
    void halvesOfAServiceToken_data();
    void halvesOfAServiceToken();
    void theClientTells_data();
    void theClientTells();
    void pagesElsewhere_data();
    void pagesElsewhere();
    void aPageElsewhereIsThePortals();
    void nothingListens();

private:
    QNetworkAccessManager m_network;
};

void AccessDoctor::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Shown>("shown");
    QTest::addColumn<Cause>("cause");
    const QByteArray page = kPage, denied = "Access denied.";
    const Shown service{Kind::ServiceToken, {}, {}}, half{Kind::HalfServiceToken, {}, {}};
    const Shown good = person(-60, 3600), over = person(-7200, -3600);
    const Headers later{{"Date", "Sun, 03 May 2026 11:41:00 GMT"}};

    QTest::newRow("fine") << 200 << Headers{} << QByteArray("{}") << good << Cause::Unknown;
    QTest::newRow("login page") << 200 << kHtml << page << Shown() << Cause::LoginPage;
    QTest::newRow("login page again") << 200 << kHtml << page << good << Cause::LoginPage;
    QTest::newRow("team") << 302 << kTeam << QByteArray() << Shown() << Cause::TeamDomain;
    QTest::newRow("policy") << 302 << kTeam << QByteArray() << service << Cause::PolicyForPersons;
    QTest::newRow("half") << 302 << kTeam << QByteArray() << half << Cause::HalfServiceToken;
    QTest::newRow("over") << 401 << Headers{} << denied << over << Cause::Expired;
    QTest::newRow("over, and sent away") << 302 << kTeam << QByteArray() << over << Cause::Expired;
    QTest::newRow("not begun") << 403 << Headers{} << denied << person(60, 90) << Cause::ClockSkew;
    QTest::newRow("over by their clock") << 401 << later << denied << good << Cause::ClockSkew;
    QTest::newRow("not allowed") << 403 << Headers{} << denied << good << Cause::NotAllowed;
    QTest::newRow("service not allowed")
        << 403 << Headers{} << denied << service << Cause::NotAllowed;
    QTest::newRow("a guest") << 401 << Headers{} << denied << Shown() << Cause::Unknown;
    QTest::newRow("challenge") << 403 << Headers{{"cf-mitigated", "challenge"}} << page << good
                               << Cause::Blocked;
    QTest::newRow("1020") << 403 << Headers{{"Content-Type", "text/plain"}}
                          << QByteArray("error code: 1020") << good << Cause::Blocked;
    QTest::newRow("firewall's page")
        << 403 << Headers{{"Server", "cloudflare"}, {"Content-Type", "text/html"}} << page << good
        << Cause::Blocked;
    QTest::newRow("forbidden by the gallery")
        << 403 << Headers{{"Content-Type", "application/json"}} << QByteArray("{}") << good
        << Cause::Unknown;
    QTest::newRow("network's sign-in") << 511 << kHtml << page << good << Cause::CaptivePortal;
    QTest::newRow("server error") << 500 << Headers{} << QByteArray("TypeError") << good
                                  << Cause::Unknown; // its kind says it
}

void AccessDoctor::answers()
{
    QFETCH(int, status);
    QFETCH(Headers, headers);
    QFETCH(QByteArray, body);
    QFETCH(Shown, shown);
    Answer answer;
    answer.status = status;
    answer.url = QUrl(u"https://pictures.example/api/admin/images"_s);
    answer.isOwnOrigin = true;
    answer.received = now();
    answer.headers = headers;
    answer.body = body;
    answer.shown = shown;
    QTEST(causeOf(answer), "cause");
}

void AccessDoctor::silences_data()
{
    using Reply = QNetworkReply;
    QTest::addColumn<Reply::NetworkError>("error");
    QTest::addColumn<QList<QSslError>>("tls");
    QTest::addColumn<bool>("isConnected");
    QTest::addColumn<Cause>("cause");
    const auto row = [](const char* name, Reply::NetworkError error, Cause cause,
                        const QList<QSslError>& tls = {}) {
        QTest::newRow(name) << error << tls << true << cause;
    };
    row("DNS", Reply::HostNotFoundError, Cause::NameNotFound);
    row("refused", Reply::ConnectionRefusedError, Cause::NothingListens);
    row("TLS", Reply::SslHandshakeFailedError, Cause::UntrustedConnection,
        {QSslError(QSslError::SelfSignedCertificate)});
    row("TLS of tomorrow", Reply::SslHandshakeFailedError, Cause::ClockSkew,
        {QSslError(QSslError::CertificateNotYetValid)});
    row("lost", Reply::RemoteHostClosedError, Cause::Unknown);
    QTest::newRow("no network") << Reply::HostNotFoundError << QList<QSslError>() << false
                                << Cause::NoNetwork;
}

void AccessDoctor::silences()
{
    QFETCH(QNetworkReply::NetworkError, error);
    QFETCH(QList<QSslError>, tls);
    QFETCH(bool, isConnected);
    QTEST(causeOf(error, tls, isConnected), "cause");
}

void AccessDoctor::halvesOfAServiceToken_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("both") << u"id"_s << QByteArray("secret") << Kind::ServiceToken;
    QTest::newRow("no secret") << u"id"_s << QByteArray() << Kind::HalfServiceToken;
    QTest::newRow("no id") << QString() << QByteArray("secret") << Kind::HalfServiceToken;
}

void AccessDoctor::halvesOfAServiceToken()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, secret);
    QTEST(shownBy(access::ServiceToken{id, access::Secret(secret)}).kind, "kind");
}

void AccessDoctor::theClientTells_data()
{
    QTest::addColumn<access::Credential>("credential");
    QTest::addColumn<Cause>("cause");
    // {"exp":1}: over since 1970
    QTest::newRow("over") << access::Credential(
                                 access::PersonToken{access::Secret("e30.eyJleHAiOjF9.c2ln")})
                          << Cause::Expired;
    QTest::newRow("a service token")
        << access::Credential(access::ServiceToken{u"id"_s, access::Secret("secret")})
        << Cause::PolicyForPersons;
    QTest::newRow("a guest") << access::Credential() << Cause::TeamDomain;
}

void AccessDoctor::theClientTells()
{
    QFETCH(access::Credential, credential);
    ReplayServer server;
    server.answer("HTTP/1.1 302 Found\r\nLocation: https://team.cloudflareaccess.com/cdn-cgi/"
                  "access/login/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), credential);
    const auto page = await(client.images(View::Owner, {}, 1));
    QCOMPARE(page.error().kind, ErrorKind::SignInRequired);
    QTEST(page.error().cause, "cause");
}

void AccessDoctor::pagesElsewhere_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<Cause>("cause");
    const QByteArray page = "text/html";
    QTest::newRow("a portal's") << QUrl(u"http://portal.cafe/welcome"_s) << page
                                << Cause::CaptivePortal;
    // Whoever sent there has proven to be the server that was asked.
    QTest::newRow("a web site's") << QUrl(u"https://www.example.org/"_s) << page << Cause::Unknown;
    QTest::newRow("no page") << QUrl(u"http://pictures.cafe/a"_s) << QByteArray("image/png")
                             << Cause::Unknown;
}

void AccessDoctor::pagesElsewhere()
{
    QFETCH(QUrl, url);
    QFETCH(QByteArray, type);
    Answer answer;
    answer.status = 200;
    answer.url = url;
    answer.headers = {{"Content-Type", type}};
    answer.body = kPage;
    QTEST(causeOf(answer), "cause");
}

void AccessDoctor::aPageElsewhereIsThePortals()
{
    ReplayServer portal;
    portal.answer(200, "text/html", kPage);
    ReplayServer server;
    server.answer("HTTP/1.1 302 Found\r\nLocation: " + portal.url(u"/welcome"_s).toEncoded() +
                  "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QCOMPARE(await(client.images(View::Guest, {}, 1)).error().cause, Cause::CaptivePortal);
}

void AccessDoctor::nothingListens()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
    closed.close();
    ApiClient client(m_network);
    client.setServer(url, {});
    const auto page = await(client.images(View::Guest, {}, 1));
    QCOMPARE(page.error().kind, ErrorKind::Network);
    QCOMPARE(page.error().cause, Cause::NothingListens);
}

QTEST_GUILESS_MAIN(AccessDoctor)
#include "tst_accessdoctor.moc"
