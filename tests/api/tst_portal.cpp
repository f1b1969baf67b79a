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

/// What comes of a server that cannot prove who it is.
class UntrustedReply final : public QNetworkReply
{
public:
    UntrustedReply(const QNetworkRequest& request, QObject* parent) : QNetworkReply(parent)
    {
        setRequest(request);
        setUrl(request.url());
        setError(SslHandshakeFailedError, {});
        open(ReadOnly);
        QMetaObject::invokeMethod(this, &QNetworkReply::finished, Qt::QueuedConnection);
    }
    void abort() override {}

protected:
    qint64 readData(char*, qint64) override { return -1; }
};

/// A network in which nobody can prove who they are, and every host is the portal.
class CaughtNetwork final : public QNetworkAccessManager
{
public:
    explicit CaughtNetwork(const QUrl& portal) : m_portal(portal) {}

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override
    {
        if (request.url().scheme() == "https"_L1)
            return new UntrustedReply(request, this);
        QNetworkRequest caught(request);
        QUrl url = request.url();
        url.setHost(m_portal.host());
        url.setPort(m_portal.port());
        caught.setUrl(url);
        return QNetworkAccessManager::createRequest(operation, caught, body);
    }

private:
    const QUrl m_portal;
};

} // namespace

/// A network that wants a sign-in of its own, before a gallery with TLS.
class Portal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoseAnswerItIs_data();
    void whoseAnswerItIs();
    void theClientTells_data();
    void theClientTells();
};

void Portal::whoseAnswerItIs_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<bool>("isPortal");
    QTest::newRow("says so") << 511 << QByteArray() << true;
    QTest::newRow("sends to its page") << 302 << QByteArray("http://portal.cafe/welcome") << true;
    QTest::newRow("sends to a page in figures") << 307 << QByteArray("http://10.0.0.1/") << true;
    QTest::newRow("wants TLS") << 301 << QByteArray("https://photos.example.org/") << false;
    QTest::newRow("wants a www") << 301 << QByteArray("https://www.photos.example.org/") << false;
    QTest::newRow("wants none") << 301 << QByteArray("https://example.org/") << false;
    QTest::newRow("like it") << 302 << QByteArray("https://otherphotos.example.org.cafe/") << true;
    QTest::newRow("goes on below") << 302 << QByteArray("/gallery") << false;
    QTest::newRow("sends nowhere") << 302 << QByteArray("mailto:somebody") << false;
    QTest::newRow("Access") << 302 << QByteArray("https://team.cloudflareaccess.com/") << false;
    QTest::newRow("some page") << 200 << QByteArray() << false;
    QTest::newRow("trouble") << 502 << QByteArray() << false;
}

void Portal::whoseAnswerItIs()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    Answer answer;
    answer.status = status;
    answer.url = QUrl(u"http://photos.example.org/"_s);
    if (!location.isEmpty())
        answer.headers = {{"Location", location}};
    QTEST(isPortals(answer), "isPortal");
}

void Portal::theClientTells_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("a portal")
        << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://portal.cafe/\r\nContent-Length: 0\r\n"
                      "Connection: close\r\n\r\n")
        << Cause::CaptivePortal;
    QTest::newRow("somebody else")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        << Cause::UntrustedConnection;
    QTest::newRow("no HTTP") << QByteArray("nonsense\r\n\r\n") << Cause::UntrustedConnection;
}

void Portal::theClientTells()
{
    QFETCH(QByteArray, answer);
    ReplayServer portal;
    portal.answer(answer);
    CaughtNetwork network(portal.url());
    ApiClient client(network);
    client.setServer(kGallery, access::ServiceToken{u"id.access"_s, access::Secret(kSecret)});
    const auto page = await(client.images(View::Owner, {}, 1));
    QCOMPARE(page.error().kind, ErrorKind::Network);
    QFETCH(Cause, cause);
    // What is connected to nothing stands behind no portal, and asks for none.
    QCOMPARE(page.error().cause, isConnected() ? cause : Cause::NoNetwork);
    QCOMPARE(portal.requests().isEmpty(), !isConnected());
    for (const auto& request : portal.requests()) {
        QVERIFY(request.head.startsWith("GET / "));
        QVERIFY(!request.mentions(kSecret));
        QVERIFY(!request.mentions("id.access"));
    }
}

QTEST_GUILESS_MAIN(Portal)
#include "tst_portal.moc"
