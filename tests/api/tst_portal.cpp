// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/accessdoctor.h"
#include "app/api/answer.h"
#include "app/api/apiclient.h"
#include "app/api/portal.h"
#include "tests/support/futures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

const QUrl kGallery(u"https://photos.example.org"_s);
constexpr char kSecret[] = "s3cret-half-of-the-token";

/// What comes of a server that there is no talking to within TLS.
class LostReply final : public QNetworkReply
{
public:
    LostReply(const QNetworkRequest& request, NetworkError trouble, QObject* parent)
        : QNetworkReply(parent)
    {
        setRequest(request);
        setUrl(request.url());
        setError(trouble, {});
        open(ReadOnly);
        QMetaObject::invokeMethod(this, &QNetworkReply::finished, Qt::QueuedConnection);
    }
    void abort() override {}

protected:
    qint64 readData(char*, qint64) override { return -1; }
};

/// A network in which TLS leads nowhere, and every host is the portal.
class CaughtNetwork final : public QNetworkAccessManager
{
public:
    CaughtNetwork(const QUrl& portal, QNetworkReply::NetworkError trouble)
        : m_portal(portal), m_trouble(trouble)
    {}

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override
    {
        if (request.url().scheme() == "https"_L1)
            return new LostReply(request, m_trouble, this);
        QNetworkRequest caught(request);
        QUrl url = request.url();
        url.setHost(m_portal.host());
        url.setPort(m_portal.port());
        caught.setUrl(url);
        return QNetworkAccessManager::createRequest(operation, caught, body);
    }

private:
    const QUrl m_portal;
    const QNetworkReply::NetworkError m_trouble;
};

} // namespace

/// A network that wants a sign-in of its own, before a gallery with TLS.
class PortalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoseAnswerItIs_data();
    void whoseAnswerItIs();
    void theClientTells_data();
    void theClientTells();
};

void PortalTest::whoseAnswerItIs_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<Portal>("portal");
    const QByteArray none;
    QTest::newRow("says so") << 511 << none << none << Portal::Yes;
    const auto sends = [&](const char* name, int status, const QByteArray& to, Portal portal) {
        QTest::newRow(name) << status << to << none << portal;
    };
    sends("sends to its page", 302, "http://portal.cafe/welcome", Portal::Yes);
    sends("sends to a page in figures", 307, "http://10.0.0.1/", Portal::Yes);
    sends("wants TLS", 301, "https://photos.example.org/", Portal::No);
    sends("wants a www", 301, "https://www.photos.example.org/", Portal::No);
    sends("wants none", 301, "https://example.org/", Portal::No);
    sends("like it", 302, "https://otherphotos.example.org.cafe/", Portal::Yes);
    sends("goes on below", 302, "/gallery", Portal::No);
    sends("sends nowhere", 302, "mailto:somebody", Portal::No);
    sends("Access", 302, "https://team.cloudflareaccess.com/", Portal::No);
    const auto says = [&](const char* name, int status, const QByteArray& type, Portal portal) {
        QTest::newRow(name) << status << none << type << portal;
    };
    says("a page where there is none", 200, "text/html; charset=utf-8", Portal::Maybe);
    says("a page of the old kind", 200, "application/xhtml+xml", Portal::Maybe);
    says("no such page", 404, "text/html", Portal::No);
    says("no page for you", 403, "text/html", Portal::No);
    says("no page at all", 200, "application/json", Portal::No);
    says("a picture", 200, "image/png", Portal::No);
    says("nothing", 200, {}, Portal::No);
    says("trouble", 502, "text/html", Portal::No);
}

void PortalTest::whoseAnswerItIs()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, type);
    Answer answer;
    answer.status = status;
    answer.url = QUrl(u"http://photos.example.org/"_s);
    if (!location.isEmpty())
        answer.headers.append({"Location", location});
    if (!type.isEmpty())
        answer.headers.append({"Content-Type", type});
    QTEST(portalIn(answer), "portal");
}

void PortalTest::theClientTells_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("trouble");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Cause>("cause");
    const auto answer = [](const char* head) {
        return "HTTP/1.1 " + QByteArray(head) +
               "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    };
    const QByteArray page = answer("200 OK\r\nContent-Type: text/html");
    const QByteArray away = answer("302 Found\r\nLocation: http://portal.cafe/");
    const QByteArray nothing = answer("404 Not Found\r\nContent-Type: text/html");
    using Reply = QNetworkReply;
    const auto row = [](const char* name, Reply::NetworkError trouble, const QByteArray& said,
                        Cause cause) { QTest::newRow(name) << trouble << said << cause; };
    row("a portal", Reply::SslHandshakeFailedError, away, Cause::CaptivePortal);
    row("a portal that says so", Reply::SslHandshakeFailedError, answer("511 Sign in"),
        Cause::CaptivePortal);
    row("a page in its place", Reply::SslHandshakeFailedError, page, Cause::UntrustedConnection);
    row("somebody else", Reply::SslHandshakeFailedError, nothing, Cause::UntrustedConnection);
    row("no HTTP", Reply::SslHandshakeFailedError, "nonsense\r\n\r\n", Cause::UntrustedConnection);
    row("a portal shuts the door", Reply::ConnectionRefusedError, away, Cause::CaptivePortal);
    row("a page at a shut door", Reply::ConnectionRefusedError, page, Cause::UntrustedConnection);
    row("a web site without TLS", Reply::ConnectionRefusedError, nothing, Cause::NothingListens);
}

void PortalTest::theClientTells()
{
    QFETCH(QByteArray, answer);
    ReplayServer portal;
    portal.answer(answer);
    QFETCH(QNetworkReply::NetworkError, trouble);
    CaughtNetwork network(portal.url(), trouble);
    ApiClient client(network);
    client.setServer(kGallery, access::ServiceToken{u"id.access"_s, access::Secret(kSecret)});
    const auto page = await(client.images(View::Owner, {}, 1));
    QCOMPARE(page.error().kind, ErrorKind::Network);
    QFETCH(Cause, cause);
    // What is connected to nothing stands behind no portal, and asks for none.
    QCOMPARE(page.error().cause, isConnected() ? cause : Cause::NoNetwork);
    QCOMPARE(portal.requests().isEmpty(), !isConnected());
    for (const auto& request : portal.requests()) {
        QVERIFY(request.head.startsWith("GET /there-is-no-such-page "));
        QVERIFY(!request.mentions(kSecret));
        QVERIFY(!request.mentions("id.access"));
    }
}

QTEST_GUILESS_MAIN(PortalTest)
#include "tst_portal.moc"
