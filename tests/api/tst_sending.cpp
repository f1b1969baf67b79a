// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/curl/curlnetwork.h"
#include "tests/support/replayserver.h"
#include "tests/support/tlsfiles.h"

#include <QBuffer>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTest>

#include <functional>

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::CurlNetwork;
using test::ReplayServer;

namespace {

const QByteArray kGood = "HTTP/1.1 200 Good\r\nContent-Length: 4\r\n\r\nword";

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 % 251);
    return bytes;
}

/// A body that may be read once only.
class OnceOnly final : public QBuffer
{
public:
    using QBuffer::QBuffer;
    bool seek(qint64 position) override { return position >= pos() && QBuffer::seek(position); }
};

/// A body of which nothing has come yet.
class Slow final : public QIODevice
{
public:
    explicit Slow(QObject* parent) : QIODevice(parent) { open(ReadOnly | Unbuffered); }
    qint64 size() const override { return 1000; }

    bool isWaitedFor() const { return m_isWaitedFor; }
    void come()
    {
        m_isHere = true;
        Q_EMIT readyRead();
    }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        m_isWaitedFor = !m_isHere;
        const qint64 count = m_isHere ? std::min(maxSize, size() - pos()) : 0;
        std::fill_n(data, count, 'x');
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    bool m_isHere = false;
    bool m_isWaitedFor = false;
};

/// Says so as soon as a request begins, whatever follows, and hangs up.
class HastyServer final : public QTcpServer
{
public:
    explicit HastyServer(const QByteArray& answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this, answer] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->disconnect();
                socket->write(answer);
                socket->flush();
                socket->close();
            });
        });
        listen(QHostAddress::LocalHost);
    }
    QUrl url(const QString& scheme = u"http"_s) const
    {
        return QUrl(u"%1://127.0.0.1:%2/"_s.arg(scheme).arg(serverPort()));
    }
};

} // namespace

/// What a server gets, and a caller is told, of a body that CurlNetwork sends.
class Sending : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bodyArrivesWhole_data();
    void bodyArrivesWhole();
    void headersGoOutOnce();
    void answerIsTold();
    void earlyHintsAreNoAnswer();
    void repeatedHeadersAreJoined();
    void trailersAreNoHeaders();
    void answerBeforeTheEndOfTheBodyIsRead();
    void longAnswerWaitsForItsReader();
    void bodyThatIsNotHereYetIsWaitedFor();
    void troubleIsNamed_data();
    void troubleIsNamed();
    void nobodyListens();
    void foreignCertificateIsRefused();
    void connectionLostWhileItIsSecuredIsNoForeignCertificate();
    void lostConnectionIsReplaced();
    void lostConnectionIsNotReplacedForWhatGoesOnce();
    void droppedReplyEndsTheConnection();
    void networkTakesWhatIsUnderWayWithIt();
    void networkMayGoWhileSomethingIsTold_data();
    void networkMayGoWhileSomethingIsTold();
    void abortIsToldOnce();
    void proxyIsAsked();
    void proxyDoesNotAnswerForTheServer();
    void proxyThatIsNotThereIsNoMissingServer();

private:
    class Proxy;

    QNetworkReply* send(const QUrl& url, QIODevice* body);
    QNetworkReply* send(const QUrl& url, const QByteArray& bytes = "body");
    static void finish(QNetworkReply* reply);

    std::unique_ptr<CurlNetwork> m_network;
    std::unique_ptr<ReplayServer> m_server;
};

void Sending::init()
{
    m_network = std::make_unique<CurlNetwork>();
    m_server = std::make_unique<ReplayServer>();
}

void Sending::cleanup()
{
    m_network.reset();
    m_server.reset();
}

QNetworkReply* Sending::send(const QUrl& url, QIODevice* body)
{
    QNetworkRequest request(url);
    request.setRawHeader("Content-Type", "image/jpeg");
    request.setRawHeader("X-Word", "a, b");
    request.setHeader(QNetworkRequest::ContentLengthHeader, body->size());
    return m_network->sendCustomRequest(request, "POST", body);
}

QNetworkReply* Sending::send(const QUrl& url, const QByteArray& bytes)
{
    auto* body = new QBuffer(m_network.get());
    body->setData(bytes);
    body->open(QIODevice::ReadOnly);
    return send(url, body);
}

void Sending::finish(QNetworkReply* reply)
{
    QTRY_VERIFY(reply->isFinished());
}

void Sending::bodyArrivesWhole_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {1, 64 * 1024, 64 * 1024 + 1, 5'000'000})
        QTest::addRow("%lld bytes", qlonglong(size)) << size;
}

void Sending::bodyArrivesWhole()
{
    QFETCH(qsizetype, size);
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url(u"/upload"_s), pattern(size));
    QSignalSpy progress(reply, &QNetworkReply::uploadProgress);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests().first().verb(), QByteArray("POST"));
    QCOMPARE(m_server->requests().first().target(), QByteArray("/upload"));
    QVERIFY(m_server->requests().first().body == pattern(size));
    QCOMPARE(progress.last(), QVariantList({qint64(size), qint64(size)}));
}

void Sending::headersGoOutOnce()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    finish(send(m_server->url()));
    const auto& request = m_server->requests().first();
    QCOMPARE(request.head.toLower().count("\r\ncontent-length:"), 1);
    QCOMPARE(request.header("Content-Type"), QByteArray("image/jpeg"));
    QCOMPARE(request.header("X-Word"), QByteArray("a, b"));
    QVERIFY(request.header("Expect").isEmpty());
    QVERIFY(request.header("Transfer-Encoding").isEmpty());
}

void Sending::answerIsTold()
{
    m_server->answer("HTTP/1.1 413 Too Much\r\nContent-Length: 5\r\nX-Why: large \r\n\r\nsorry",
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    QSignalSpy headers(reply, &QNetworkReply::metaDataChanged);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    finish(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 413);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray(),
             QByteArray("Too Much"));
    QCOMPARE(reply->rawHeader("X-Why"), QByteArray("large"));
    QCOMPARE(reply->readAll(), QByteArray("sorry"));
    QVERIFY(!headers.isEmpty());
    QCOMPARE(finished.size(), 1);
}

void Sending::earlyHintsAreNoAnswer()
{
    m_server->answer("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n" + kGood,
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    finish(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QVERIFY(!reply->hasRawHeader("X-Early"));
}

void Sending::repeatedHeadersAreJoined()
{
    m_server->answer("HTTP/1.1 200 Good\r\nX-One: a\r\nX-One: b\r\nContent-Length: 0\r\n\r\n",
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    finish(reply);
    QCOMPARE(reply->rawHeader("X-One"), QByteArray("a, b"));
}

void Sending::trailersAreNoHeaders()
{
    m_server->answer("HTTP/1.1 200 Good\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "4\r\nword\r\n0\r\nRetry-After: 60\r\n\r\n",
                     ReplayServer::Then::StayOpen);
    auto* reply = send(m_server->url());
    finish(reply);
    QCOMPARE(reply->readAll(), QByteArray("word"));
    QVERIFY(!reply->hasRawHeader("Retry-After"));
}

// It closes with much of the body unread, which resets the connection.
void Sending::answerBeforeTheEndOfTheBodyIsRead()
{
    const HastyServer server("HTTP/1.1 413 Too Much\r\nContent-Length: 5\r\n\r\nsorry");
    auto* reply = send(server.url(), pattern(50'000'000));
    finish(reply);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 413);
    QCOMPARE(reply->readAll(), QByteArray("sorry"));
}

void Sending::longAnswerWaitsForItsReader()
{
    const QByteArray answer = pattern(5'000'000);
    m_server->answer(200, "image/jpeg", answer);
    auto* reply = send(m_server->url());
    reply->setReadBufferSize(100'000);
    QTRY_VERIFY(reply->bytesAvailable() >= 100'000);
    QByteArray read;
    while (read.size() < answer.size()) {
        QVERIFY(reply->bytesAvailable() < 200'000);
        QTRY_VERIFY(reply->bytesAvailable() > 0);
        read += reply->read(50'000);
    }
    QVERIFY(read == answer);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
}

void Sending::bodyThatIsNotHereYetIsWaitedFor()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    auto* body = new Slow(m_network.get());
    auto* reply = send(m_server->url(), body);
    QTRY_VERIFY(body->isWaitedFor());
    QVERIFY(m_server->requests().isEmpty());
    body->come();
    finish(reply);
    QCOMPARE(m_server->requests().first().body, QByteArray(1000, 'x'));
}

void Sending::troubleIsNamed_data()
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

void Sending::troubleIsNamed()
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

void Sending::nobodyListens()
{
    const QUrl url = std::make_unique<ReplayServer>()->url();
    auto* reply = send(url);
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
}

void Sending::foreignCertificateIsRefused()
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

void Sending::connectionLostWhileItIsSecuredIsNoForeignCertificate()
{
    const HastyServer server({});
    auto* reply = send(server.url(u"https"_s));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::RemoteHostClosedError);
}

void Sending::lostConnectionIsReplaced()
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

void Sending::lostConnectionIsNotReplacedForWhatGoesOnce()
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

void Sending::droppedReplyEndsTheConnection()
{
    auto* body = new Slow(m_network.get());
    auto* reply = send(m_server->url(), body);
    QTRY_VERIFY(body->isWaitedFor());
    delete reply;
    QTRY_COMPARE(m_server->openConnections(), 0);
    body->come();
    QVERIFY(m_server->requests().isEmpty());
}

void Sending::networkTakesWhatIsUnderWayWithIt()
{
    m_server->answer({}, ReplayServer::Then::StayOpen);
    const QPointer<QNetworkReply> reply = send(m_server->url(), pattern(100'000));
    QTRY_COMPARE(m_server->requests().size(), 1);
    m_network.reset();
    QVERIFY(!reply);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void Sending::abortIsToldOnce()
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

void Sending::networkMayGoWhileSomethingIsTold_data()
{
    using Told = std::function<QMetaObject::Connection(QNetworkReply*, std::function<void()>)>;
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

void Sending::networkMayGoWhileSomethingIsTold()
{
    using Told = std::function<QMetaObject::Connection(QNetworkReply*, std::function<void()>)>;
    QFETCH(const Told, told);
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    const QPointer<QNetworkReply> reply = send(m_server->url(), pattern(1'000'000));
    told(reply, [this] { m_network.reset(); });
    QTRY_VERIFY(!reply);
}

/// For the time of a test; nothing that is on this machine is asked through it.
class Sending::Proxy
{
public:
    explicit Proxy(const QUrl& url)
    {
        QNetworkProxy::setApplicationProxy(
            {QNetworkProxy::HttpProxy, url.host(), quint16(url.port()), u"ann"_s, u"secret"_s});
    }
    ~Proxy() { QNetworkProxy::setApplicationProxy(QNetworkProxy::DefaultProxy); }
};

void Sending::proxyIsAsked()
{
    m_server->answer(kGood, ReplayServer::Then::StayOpen);
    const Proxy proxy(m_server->url());
    auto* reply = send(QUrl(u"http://gallery.invalid/upload"_s));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(m_server->requests().first().target(), QByteArray("http://gallery.invalid/upload"));
    QVERIFY(m_server->requests().first().header("Proxy-Authorization").startsWith("Basic "));
}

void Sending::proxyDoesNotAnswerForTheServer()
{
    m_server->answer("HTTP/1.1 413 Too Much\r\nContent-Length: 0\r\n\r\n");
    const Proxy proxy(m_server->url());
    auto* reply = send(QUrl(u"https://gallery.invalid/upload"_s));
    finish(reply);
    QCOMPARE(m_server->requests().first().verb(), QByteArray("CONNECT"));
    QVERIFY(reply->error() != QNetworkReply::NoError);
    QVERIFY(!reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid());
}

void Sending::proxyThatIsNotThereIsNoMissingServer()
{
    const Proxy proxy(std::make_unique<ReplayServer>()->url());
    auto* reply = send(QUrl(u"http://gallery.invalid/upload"_s));
    finish(reply);
    QCOMPARE(reply->error(), QNetworkReply::ProxyConnectionRefusedError);
}

QTEST_GUILESS_MAIN(Sending)
#include "tst_sending.moc"
