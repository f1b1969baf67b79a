// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/imaging/inprocesspicturereader.h"
#include "tests/backend/fixture.h"
#include "tests/backend/rawclient.h"
#include "tests/support/pictures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QtConcurrentMap>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;
using vitrine::test::RawClient;
using vitrine::test::statusOf;

class tst_Server final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void onlyLoopbackIsServed_data();
    void onlyLoopbackIsServed();
    void oneServerADirectory();
    void runningOnesAreFound();
    void takenPortsAreToldSo();
    void identityLasts();
    void tokensWorkAtOnceAndAsLongAsPromised();
    void parallelUploadsAreAllThere();
    void parallelDownloadsAreAllCounted();
    void oneKeyInParallelIsOneImage();

private:
    ServerOptions options() const
    {
        ServerOptions options;
        options.dataDirectory = m_directory->path() + u"/data"_s;
        return options;
    }
    void start();
    QByteArray credentials(const access::ServiceToken& token) const;
    QByteArray ask(const QByteArray& line, const QByteArray& fields = {},
                   const QByteArray& body = {});
    QByteArray upload(const QByteArray& bytes, const QByteArray& key);
    QJsonArray listing();

    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Server> m_server;
    QByteArray m_credentials;
};

void tst_Server::init()
{
    m_server.reset();
    m_directory = std::make_unique<QTemporaryDir>();
}

void tst_Server::start()
{
    auto started = Server::start(options(), m_pictures);
    if (!started)
        qFatal("the server did not start: %s", qPrintable(started.error().detail));
    m_server = *std::move(started);
    m_credentials =
        credentials(*issueServiceToken(options().dataDirectory, u"tests"_s, TokenLife::ThisRun));
}

QByteArray tst_Server::credentials(const access::ServiceToken& token) const
{
    return "CF-Access-Client-Id: " + token.clientId.toLatin1() +
           "\r\nCF-Access-Client-Secret: " + token.clientSecret.reveal() + "\r\n";
}

QByteArray tst_Server::ask(const QByteArray& line, const QByteArray& fields, const QByteArray& body)
{
    RawClient client(quint16(m_server->url().port()));
    client.send(line + " HTTP/1.1\r\nHost: " + m_server->url().authority().toLatin1() +
                "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
                "\r\n" + fields + "\r\n" + body);
    return client.readToEnd();
}

QByteArray tst_Server::upload(const QByteArray& bytes, const QByteArray& key)
{
    return ask("POST /api/admin/upload",
               m_credentials + "Content-Type: " + test::formType() +
                   "\r\nPrefer: return=representation\r\nIdempotency-Key: " + key + "\r\n",
               test::form(bytes));
}

QJsonArray tst_Server::listing()
{
    const QByteArray answer = ask("GET /api/images?limit=1000");
    return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4))["images"_L1]
        .toArray();
}

void tst_Server::onlyLoopbackIsServed_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("every interface") << u"0.0.0.0"_s;
    QTest::newRow("another machine") << u"192.0.2.1"_s;
    QTest::newRow("a name") << u"example.org"_s;
    QTest::newRow("nothing") << QString();
}

void tst_Server::onlyLoopbackIsServed()
{
    QFETCH(QString, host);
    ServerOptions wrong = options();
    wrong.host = host;
    const auto started = Server::start(wrong, m_pictures);
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::InvalidInput);
}

void tst_Server::oneServerADirectory()
{
    start();
    const auto second = Server::start(options(), m_pictures);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Busy);
    m_server.reset();
    QVERIFY(Server::start(options(), m_pictures));
}

void tst_Server::runningOnesAreFound()
{
    const QString directory = options().dataDirectory;
    QCOMPARE(Server::findRunning(directory).error().kind, ErrorKind::NotFound);
    start();
    QCOMPARE(*Server::findRunning(directory), m_server->url());
    QVERIFY(QFile::remove(directory + u"/endpoint.json"_s)); // as before it listens
    QCOMPARE(Server::findRunning(directory).error().kind, ErrorKind::Busy);
    m_server.reset();
    QCOMPARE(Server::findRunning(directory).error().kind, ErrorKind::NotFound);
    QVERIFY(!QFile::exists(directory + u"/endpoint.json"_s));
}

void tst_Server::takenPortsAreToldSo()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ServerOptions taken = options();
    taken.port = other.serverPort();
    const auto started = Server::start(taken, m_pictures);
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::Network);
}

void tst_Server::identityLasts()
{
    start();
    const QString audience = m_server->audience();
    const QString issuer = m_server->issuer();
    QVERIFY(!audience.isEmpty() && issuer.startsWith(u"https://"_s));
    m_server.reset();
    start();
    QCOMPARE(m_server->audience(), audience);
    QCOMPARE(m_server->issuer(), issuer);
}

void tst_Server::tokensWorkAtOnceAndAsLongAsPromised()
{
    const QString directory = options().dataDirectory;
    const auto before = issueServiceToken(directory, u"before"_s, TokenLife::Kept);
    QVERIFY(before); // with no server at all
    start();
    const auto fleeting = issueServiceToken(directory, u"fleeting"_s, TokenLife::ThisRun);
    QVERIFY(fleeting);
    const auto status = [&](const access::ServiceToken& token) {
        return statusOf(ask("GET /api/admin/images", credentials(token)));
    };
    QCOMPARE(status(*before), 200);
    QCOMPARE(status(*fleeting), 200);
    m_server.reset();
    start();
    QCOMPARE(status(*before), 200);
    QCOMPARE(status(*fleeting), 403);
}

void tst_Server::parallelUploadsAreAllThere()
{
    start();
    QThreadPool clients;
    clients.setMaxThreadCount(64);
    QList<int> seeds(64);
    std::iota(seeds.begin(), seeds.end(), 0);
    const auto statuses = QtConcurrent::blockingMapped<
        QList<int>>(&clients, seeds, [this](int seed) {
        const QByteArray bytes = test::jpeg(test::picture({64, 48}, seed / 2)); // pairs share bytes
        return statusOf(upload(bytes, "key-" + QByteArray::number(seed)));
    });
    QCOMPARE(statuses, QList<int>(64, 201));
    QCOMPARE(listing().size(), 64);
}

void tst_Server::parallelDownloadsAreAllCounted()
{
    start();
    QCOMPARE(statusOf(upload(test::jpeg(test::picture({64, 48})), "key")), 201);
    const QByteArray id = listing().first()["id"_L1].toString().toLatin1();
    QThreadPool clients;
    clients.setMaxThreadCount(50);
    const QList<int> tries(50, 0);
    const auto statuses = QtConcurrent::blockingMapped<QList<int>>(
        &clients, tries, [&](int) { return statusOf(ask("GET /api/download?id=" + id)); });
    QCOMPARE(statuses, QList<int>(50, 302));
    m_server.reset();
    start();
    QCOMPARE(listing().first()["downloadCount"_L1].toInt(), 50);
}

void tst_Server::oneKeyInParallelIsOneImage()
{
    start();
    const QByteArray bytes = test::jpeg(test::picture({64, 48}));
    QThreadPool clients;
    clients.setMaxThreadCount(8);
    const QList<int> tries(8, 0);
    const auto statuses = QtConcurrent::blockingMapped<QList<int>>(
        &clients, tries, [&](int) { return statusOf(upload(bytes, "the-key")); });
    QVERIFY(
        std::all_of(statuses.begin(), statuses.end(), [](int s) { return s == 200 || s == 201; }));
    QCOMPARE(listing().size(), 1);
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
