// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/imaging/inprocesspicturereader.h"
#include "tests/backend/fixture.h"
#include "tests/backend/rawclient.h"
#include "tests/support/pictures.h"
#include "tests/support/tlsfiles.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslSocket>
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

namespace {

constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                         QFile::WriteOther | QFile::ExeOther;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray bodyOf(const QByteArray& answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

/// The first words of a client that knows nothing newer than TLS 1.1 (RFC 4346, 7.4.1.2). By hand:
/// today's libraries refuse to say them.
QByteArray tls11ClientHello()
{
    const QByteArray hello = QByteArray::fromHex("0302") + QByteArray(32, 'r') // version, random
                             + QByteArray::fromHex("00"                        // no session
                                                   "0004c009c00a" // ECDHE-ECDSA-AES-CBC-SHA
                                                   "0100");       // no compression
    const QByteArray message = QByteArray::fromHex("010000") + char(hello.size()) + hello;
    return QByteArray::fromHex("16030100") + char(message.size()) + message;
}

} // namespace

class tst_Server final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void impossibleOptionsAreToldSo_data();
    void impossibleOptionsAreToldSo();
    void namesStandInAddresses_data();
    void namesStandInAddresses();
    void bytesArriveUnderTls();
    void oldTlsAndBareHttpAreRefused();
    void accessLogTellsNoSecrets();
    void metricsCount();
    void dataIsPrivate();
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
    void start() { start(options()); }
    void start(const ServerOptions& wanted);
    QByteArray credentials(const access::ServiceToken& token) const;
    QByteArray ask(const QByteArray& line, const QByteArray& fields = {},
                   const QByteArray& body = {});
    QByteArray askSecurely(const QByteArray& line, const QByteArray& fields = {},
                           const QByteArray& body = {});
    QByteArray request(const QByteArray& line, const QByteArray& fields,
                       const QByteArray& body) const;
    QByteArray upload(const QByteArray& bytes, const QByteArray& key);
    QJsonArray listing();

    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Server> m_server;
    quint16 m_port = 0; ///< that it listens on, whatever its address says
    QByteArray m_credentials;
};

void tst_Server::init()
{
    m_server.reset();
    m_directory = std::make_unique<QTemporaryDir>();
}

void tst_Server::start(const ServerOptions& wanted)
{
    auto started = Server::start(wanted, m_pictures);
    if (!started)
        qFatal("the server did not start: %s", qPrintable(started.error().detail));
    m_server = *std::move(started);
    m_port = m_server->port();
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
    RawClient client(m_port);
    client.send(request(line, fields, body));
    return client.readToEnd();
}

QByteArray tst_Server::askSecurely(const QByteArray& line, const QByteArray& fields,
                                   const QByteArray& body)
{
    QSslSocket socket;
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(test::tlsFile("ca.pem")));
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_port);
    if (!socket.waitForEncrypted())
        return socket.errorString().toUtf8();
    socket.write(request(line, fields, body));
    QByteArray answer;
    while (socket.waitForReadyRead())
        answer += socket.readAll();
    return answer + socket.readAll();
}

QByteArray tst_Server::request(const QByteArray& line, const QByteArray& fields,
                               const QByteArray& body) const
{
    return line + " HTTP/1.1\r\nHost: " + m_server->url().authority().toLatin1() +
           "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" +
           fields + "\r\n" + body;
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
    return QJsonDocument::fromJson(bodyOf(answer))["images"_L1].toArray();
}

void tst_Server::impossibleOptionsAreToldSo_data()
{
    QTest::addColumn<ServerOptions>("wrong");
    const auto row = [](const char* name, auto change) {
        ServerOptions wrong;
        change(wrong);
        QTest::newRow(name) << wrong;
    };
    using Options = ServerOptions;
    const http::TlsFiles good{test::tlsFile("server.pem"), test::tlsFile("server.key")};
    row("every interface in the clear", [](Options& o) { o.host = u"0.0.0.0"_s; });
    row("another address in the clear", [](Options& o) { o.host = u"192.0.2.1"_s; });
    row("a name", [](Options& o) { o.host = u"example.org"_s; });
    row("no address", [](Options& o) { o.host = QString(); });
    row("every interface without a name", [&](Options& o) {
        o.host = u"::"_s;
        o.tls = good;
    });
    row("a name with a path", [](Options& o) { o.names = {u"example.org/x"_s}; });
    row("a name with spaces", [](Options& o) { o.names = {u"a b"_s}; });
    row("an origin that is none", [](Options& o) { o.origins = {u"*"_s}; });
    row("no certificate", [&](Options& o) { o.tls = {u"/nowhere"_s, good.key}; });
    row("a key as certificate", [&](Options& o) { o.tls = {good.key, good.key}; });
    row("no key", [&](Options& o) { o.tls = {good.certificate, u"/nowhere"_s}; });
    row("another's key", [&](Options& o) {
        o.tls = {good.certificate, test::tlsFile("other.key")};
    });
    row("a locked key", [&](Options& o) {
        o.tls = {good.certificate, test::tlsFile("locked.key")};
    });
}

void tst_Server::impossibleOptionsAreToldSo()
{
    QFETCH(ServerOptions, wrong);
    wrong.dataDirectory = options().dataDirectory;
    const auto started = Server::start(wrong, m_pictures);
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!started.error().detail.isEmpty());
}

void tst_Server::namesStandInAddresses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("host"); // as a client sends it; PORT stands for the port
    QTest::addColumn<QString>("url");
    QTest::newRow("none") << QString() << QByteArray("127.0.0.1:PORT")
                          << u"http://127.0.0.1:PORT"_s;
    QTest::newRow("loopback's") << QString() << QByteArray("LocalHost:PORT")
                                << u"http://127.0.0.1:PORT"_s;
    QTest::newRow("a name") << u"Photos.example.org"_s << QByteArray("photos.example.org:PORT")
                            << u"http://photos.example.org:PORT"_s;
    QTest::newRow("a name and the usual port")
        << u"photos.example.org:80"_s << QByteArray("photos.example.org:80")
        << u"http://photos.example.org"_s;
}

void tst_Server::namesStandInAddresses()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, host);
    QFETCH(QString, url);
    ServerOptions named = options();
    if (!name.isEmpty())
        named.names = {name};
    start(named);
    const QString port = QString::number(m_port);
    QCOMPARE(m_server->url(), QUrl(url.replace(u"PORT"_s, port)));
    RawClient client(m_port);
    client.send("GET /api/setup HTTP/1.1\r\nConnection: close\r\nHost: " +
                host.replace("PORT", port.toLatin1()) + "\r\n\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 200);
}

void tst_Server::bytesArriveUnderTls()
{
    ServerOptions secure = options();
    secure.tls = {test::tlsFile("server.pem"), test::tlsFile("server.key")};
    start(secure);
    QCOMPARE(m_server->url().scheme(), u"https"_s);
    const QByteArray picture = test::jpeg(test::picture({2000, 1500}), 100); // many records of TLS
    QVERIFY(picture.size() > 200'000);
    const QByteArray uploaded = askSecurely("POST /api/admin/upload",
                                            m_credentials + "Content-Type: " + test::formType() +
                                                "\r\nPrefer: return=representation\r\n",
                                            test::form(picture));
    QCOMPARE(statusOf(uploaded), 201);
    const QByteArray id = QJsonDocument::fromJson(bodyOf(uploaded))["id"_L1].toString().toLatin1();
    const QByteArray original = askSecurely("GET /api/admin/original?id=" + id, m_credentials);
    QCOMPARE(bodyOf(original), picture);
    const QByteArray part = askSecurely("GET /api/admin/original?id=" + id,
                                        m_credentials + "Range: bytes=100000-199999\r\n");
    QCOMPARE(statusOf(part), 206);
    QCOMPARE(bodyOf(part), picture.mid(100'000, 100'000));
}

void tst_Server::oldTlsAndBareHttpAreRefused()
{
    ServerOptions secure = options();
    secure.tls = {test::tlsFile("server.pem"), test::tlsFile("server.key")};
    start(secure);
    RawClient bare(m_port);
    bare.send("GET /api/setup HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(!bare.readToEnd().contains("HTTP/1.1 200"));
    RawClient old(m_port);
    old.send(tls11ClientHello());
    const QByteArray alert = old.readToEnd();
    QCOMPARE(alert.left(1).toHex(), "15");
    QCOMPARE(alert.right(2).toHex(), "0246"); // fatal, protocol_version: RFC 5246, 7.2
    QCOMPARE(statusOf(askSecurely("GET /api/setup")), 200); // others are served
}

void tst_Server::accessLogTellsNoSecrets()
{
    ServerOptions logged = options();
    logged.accessLog = m_directory->filePath(u"access.log"_s);
    start(logged);
    QCOMPARE(statusOf(upload(test::jpeg(test::picture({64, 48})), "secret-key")), 201);
    const QJsonObject item = listing().first().toObject();
    const QUrl preview(item["previewURL"_L1].toString());
    ask("GET " + preview.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
    ask("GET /api/admin/uploads/secret-key", m_credentials);
    ask("GET /no/such/secret-path?token=secret-query");
    ask("SECRETMETHOD /api/images");
    m_server.reset(); // writes what is left

    const QByteArray text = contentOf(logged.accessLog);
    QCOMPARE(text.count('\n'), 6);
    for (const QByteArray& line : text.split('\n').mid(0, 6)) {
        const auto entry = QJsonDocument::fromJson(line).object();
        QCOMPARE(entry["peer"_L1].toString(), u"127.0.0.1"_s);
        QVERIFY(entry["status"_L1].toInt() >= 200);
        QVERIFY(QDateTime::fromString(entry["time"_L1].toString(), Qt::ISODateWithMs).isValid());
    }
    QVERIFY(text.contains("\"route\":\"/imagedelivery/**\""));
    for (const QByteArray& secret :
         {QByteArray("ecret"), QByteArray("boat"), QByteArray("sig="), QByteArray("SECRET"),
          item["id"_L1].toString().toLatin1(), m_credentials.mid(21, 32)})
        QVERIFY2(!text.contains(secret), secret.constData());
    QCOMPARE(QFileInfo(logged.accessLog).permissions() & kOthers, QFile::Permissions());
}

void tst_Server::metricsCount()
{
    start();
    QCOMPARE(statusOf(upload(test::jpeg(test::picture({64, 48})), "a-key")), 201);
    QCOMPARE(statusOf(ask("GET /api/admin/images", "cf-access-token: a.b.c\r\n")), 403);
    // An answer is counted once it is sent, which may be after its client went on.
    for (const char* sample :
         {"\nvitrine_images 1\n", "\nvitrine_original_files 1\n",
          "\nvitrine_access_refused_total 1\n", "\nvitrine_http_connections 1\n",
          "\nvitrine_http_requests_total{route=\"/api/admin/"
          "upload\",method=\"POST\",status=\"201\"} "
          "1\n",
          "\nvitrine_http_request_duration_seconds_count{route=\"/api/admin/upload\"} 1\n"})
        QTRY_VERIFY2(ask("GET /api/admin/metrics", m_credentials).contains(sample), sample);
}

void tst_Server::dataIsPrivate()
{
    start();
    QCOMPARE(statusOf(upload(test::jpeg(test::picture({64, 48})), "a-key")), 201);
    int files = 0;
    QDirIterator entries(m_directory->path() + u"/data"_s,
                         QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo info(entries.next());
        QVERIFY2(!(info.permissions() & kOthers), qPrintable(info.filePath()));
        files += info.isFile() ? 1 : 0;
    }
    QVERIFY(files > 4); // rows, lock, endpoint, an original and its variants
    QVERIFY(!(QFileInfo(m_directory->path() + u"/data"_s).permissions() & kOthers));
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

// The backend's fault "64 uploads in parallel: 64 images".
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

// The backend's fault "50 downloads in parallel: the counter says 50".
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
