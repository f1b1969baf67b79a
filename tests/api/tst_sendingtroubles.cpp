// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/sendingfixture.h"
#include "tests/support/tlsfiles.h"

#include <QNetworkProxy>
#include <QPointer>
#include <QSignalSpy>
#include <QSslKey>
#include <QSslServer>

#include <functional>

using namespace vitrine;
using namespace vitrine::test;
using namespace Qt::StringLiterals;

namespace {

/// A body that may be read once only.
class OnceOnly final : public QBuffer
{
public:
    using QBuffer::QBuffer;
    bool seek(qint64 position) override { return position >= pos() && QBuffer::seek(position); }
};

/// Calls back when that is told.
using Told = std::function<QMetaObject::Connection(QNetworkReply*, std::function<void()>)>;

/// For the time of a test; nothing that is on this machine is asked through it.
class Proxy
{
public:
    explicit Proxy(const QUrl& url)
    {
        QNetworkProxy::setApplicationProxy(
            {QNetworkProxy::HttpProxy, url.host(), quint16(url.port()), u"ann"_s, u"secret"_s});
    }
    ~Proxy() { QNetworkProxy::setApplicationProxy(QNetworkProxy::DefaultProxy); }
};

} // namespace

/// What comes between a body that CurlNetwork sends and its answer.
class SendingTroubles : public SendingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void troubleIsNamed_data();
    void troubleIsNamed();
    void nobodyListens();
    void foreignCertificateIsRefused();
    void connectionLostWhileItIsSecuredIsNoForeignCertificate();
    void lostConnectionIsReplaced();
    void lostConnectionIsNotReplacedForWhatGoesOnce();
    void droppedReplyEndsTheConnection();
    void networkTakesWhatIsUnderWayWithIt();
    void abortIsToldOnce();
    void networkMayGoWhileSomethingIsTold_data();
    void networkMayGoWhileSomethingIsTold();
    void proxyIsAsked();
    void proxyDoesNotAnswerForTheServer();
    void proxyThatIsNotThereIsNoMissingServer();
};

void SendingTroubles::troubleIsNamed_data()
{
    using Error = QNetworkReply::NetworkError;
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error>("error");
    QTest::newRow("nothing") << QByteArray() << Error::RemoteHostClosedError;
    QTest::newRow("cut") << QByteArray("HTTP/1.1 200 Good\r\nContent-Length: 4\r\n\r\nwo")
                         << Error::RemoteHostClosedError;
    QTest::newRow("not HTTP") << QByteArray("220 mail.example ESMTP\r\n")
                              << Error::RemoteHostClosedError;
}

void SendingTroubles::troubleIsNamed()
{
    QFETCH(QByteArray, answer);
    QFETCH(QNetworkReply::NetworkError, error);
    m_server->answer(answer);
    auto* reply = send(m_server->url());
    QSignalSpy told(reply, &QNetworkReply::errorOccurred);
    finish(reply);
    QCOMPARE(reply->error(), error);
    QCOMPARE(told.size(), 1);
}

void SendingTroubles::nobodyListens()
{
    const QUrl url = std::make_unique<ReplayServer>()->url();
    auto* reply = send(url);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
}

void SendingTroubles::foreignCertificateIsRefused()
{
    QFile key(test::tlsFile("server.key"));
    QVERIFY(key.open(QIODevice::ReadOnly));
    QSslConfiguration configuration;
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(test::tlsFile("server.pem")));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    auto* reply = send(QUrl(u"https://127.0.0.1:%1/"_s.arg(server.serverPort())));
    QSignalSpy why(reply, &QNetworkReply::sslErrors);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::SslHandshakeFailedError);
    QCOMPARE(why.size(), 1);
    const auto errors = why.first().first().value<QList<QSslError>>();
    QCOMPARE(errors.first().error(), QSslError::CertificateUntrusted);
}

void SendingTroubles::connectionLostWhileItIsSecuredIsNoForeignCertificate()
{
    const HastyServer server({});
    auto* reply = send(server.url(u"https"_s));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::RemoteHostClosedError);
}

void SendingTroubles::lostConnectionIsReplaced()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    m_server->answer({}); // when the second one has come
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    finish(send(m_server->url()));
    auto* reply = send(m_server->url(), pattern(100'000));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(m_server->requests().size(), 3);
    QVERIFY(m_server->requests().last().body == pattern(100'000));
}

void SendingTroubles::lostConnectionIsNotReplacedForWhatGoesOnce()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    m_server->answer({});
    finish(send(m_server->url()));
    auto* body = new OnceOnly(m_network.get());
    body->setData("body");
    body->open(QIODevice::ReadOnly);
    auto* reply = send(m_server->url(), body);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::ContentReSendError);
    QCOMPARE(m_server->requests().size(), 2);
}

void SendingTroubles::droppedReplyEndsTheConnection()
{
    auto* body = new Slow(m_network.get());
    auto* reply = send(m_server->url(), body);
    QTRY_VERIFY(body->isWaitedFor());
    delete reply;
    QTRY_COMPARE(m_server->openConnections(), 0);
    body->come();
    QVERIFY(m_server->requests().isEmpty());
}

void SendingTroubles::networkTakesWhatIsUnderWayWithIt()
{
    m_server->answer({}, ReplayServer::Then::StayOpen);
    const QPointer<QNetworkReply> reply = send(m_server->url(), pattern(100'000));
    QTRY_COMPARE(m_server->requests().size(), 1);
    m_network.reset();
    QVERIFY(!reply);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void SendingTroubles::abortIsToldOnce()
{
    m_server->answer({}, ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    QSignalSpy finished(reply, &QNetworkReply::finished);
    QTRY_COMPARE(m_server->requests().size(), 1);
    reply->abort();
    reply->abort();
    QCOMPARE(reply->error(), QNetworkReply::OperationCanceledError);
    QTRY_COMPARE(m_server->openConnections(), 0);
    QCOMPARE(finished.size(), 1);
}

void SendingTroubles::networkMayGoWhileSomethingIsTold_data()
{
    const auto when = [](auto signal) {
        return Told([signal](QNetworkReply* reply, const std::function<void()>& then) {
            return connect(reply, signal, reply, then, Qt::SingleShotConnection);
        });
    };
    QTest::addColumn<Told>("told");
    QTest::newRow("sent") << when(&QNetworkReply::uploadProgress);
    QTest::newRow("head") << when(&QNetworkReply::metaDataChanged);
    QTest::newRow("body") << when(&QNetworkReply::readyRead);
    QTest::newRow("end") << when(&QNetworkReply::finished);
}

void SendingTroubles::networkMayGoWhileSomethingIsTold()
{
    QFETCH(const Told, told);
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    const QPointer<QNetworkReply> reply = send(m_server->url(), pattern(1'000'000));
    told(reply, [this] { m_network.reset(); });
    QTRY_VERIFY(!reply);
}

void SendingTroubles::proxyIsAsked()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    const Proxy proxy(m_server->url());
    auto* reply = send(QUrl(u"http://gallery.invalid/upload"_s));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(m_server->requests().first().target(), QByteArray("http://gallery.invalid/upload"));
    QVERIFY(m_server->requests().first().header("Proxy-Authorization").startsWith("Basic "));
}

void SendingTroubles::proxyDoesNotAnswerForTheServer()
{
    m_server->answer("HTTP/1.1 413 Too Much\r\nContent-Length: 0\r\n\r\n");
    const Proxy proxy(m_server->url());
    auto* reply = send(QUrl(u"https://gallery.invalid/upload"_s));
    finish(reply);
    QCOMPARE(m_server->requests().first().verb(), QByteArray("CONNECT"));
    QVERIFY(reply->error() != QNetworkReply::NoError);
    QVERIFY(!reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid());
}

void SendingTroubles::proxyThatIsNotThereIsNoMissingServer()
{
    const Proxy proxy(std::make_unique<ReplayServer>()->url());
    auto* reply = send(QUrl(u"http://gallery.invalid/upload"_s));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::ProxyConnectionRefusedError);
}

QTEST_GUILESS_MAIN(SendingTroubles)
#include "tst_sendingtroubles.moc"
