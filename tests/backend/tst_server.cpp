// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/rawclient.h"
#include "tests/backend/runningserver.h"
#include "tests/support/pictures.h"
#include "tests/support/tlsfiles.h"

#include <QDirIterator>
#include <QTcpServer>
#include <QThreadPool>
#include <QtConcurrentMap>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;
using vitrine::test::RawClient;
using vitrine::test::RunningServer;
using vitrine::test::statusOf;

namespace {

constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                         QFile::WriteOther | QFile::ExeOther;

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
    void proxiesOnThisMachineMayEndTls_data();
    void proxiesOnThisMachineMayEndTls();
    void dataIsPrivate();
    void oneServerADirectory();
    void runningOnesAreFound();
    void localProcessesStayOnThisMachine_data();
    void localProcessesStayOnThisMachine();
    void strangeEndpointsAreNotBelieved_data();
    void strangeEndpointsAreNotBelieved();
    void takenPortsAreToldSo();
    void identityLasts();
    void tokensWorkAtOnceAndAsLongAsPromised();
    void parallelUploadsAreAllThere();
    void parallelDownloadsAreAllCounted();
    void oneKeyInParallelIsOneImage();

private:
    std::unique_ptr<RunningServer> m_here;
};

void tst_Server::init()
{
    m_here = std::make_unique<RunningServer>();
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
    row("every interface of IPv6 in the clear", [](Options& o) {
        o.host = u"::"_s;
        o.names = {u"photos.example.org"_s};
    });
    row("every interface, written as one of IPv6", [](Options& o) {
        o.host = u"::ffff:0.0.0.0"_s;
        o.names = {u"photos.example.org"_s};
    });
    row("a name with a person", [](Options& o) { o.names = {u"ada@example.org"_s}; });
    row("a name with a port beyond all", [](Options& o) { o.names = {u"example.org:65536"_s}; });
    row("a name with no port", [](Options& o) { o.names = {u"example.org:"_s}; });
    row("a name with port 0", [](Options& o) { o.names = {u"example.org:0"_s}; });
    row("every name", [](Options& o) { o.names = {u"*"_s}; });
    row("an empty name", [](Options& o) { o.names = {QString()}; });
    row("a good name and a bad one", [](Options& o) { o.names = {u"example.org"_s, u"?"_s}; });
    row("a zone", [](Options& o) { o.names = {u"[fe80::1%eth0]"_s}; });
    row("no byte", [](Options& o) { o.maxBytes = 0; });
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
    wrong.dataDirectory = m_here->options().dataDirectory;
    const auto started = Server::start(wrong, m_here->pictures());
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!started.error().detail.isEmpty());
    QVERIFY(!QFileInfo::exists(wrong.dataDirectory)); // judged before anything is made
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
    QTest::newRow("a name and the usual port, which clients leave out")
        << u"photos.example.org:80"_s << QByteArray("photos.example.org")
        << u"http://photos.example.org"_s;
    QTest::newRow("behind something that speaks TLS")
        << u"photos.example.org:443"_s << QByteArray("photos.example.org")
        << u"http://photos.example.org:443"_s;
    QTest::newRow("a name in letters of its language")
        << u"Fotos-M\u00fcller.example"_s << QByteArray("xn--fotos-mller-zhb.example:PORT")
        << u"http://fotos-m\u00fcller.example:PORT"_s;
    QTest::newRow("an address of IPv6")
        << u"2001:DB8::1"_s << QByteArray("[2001:db8::1]:PORT") << u"http://[2001:db8::1]:PORT"_s;
    QTest::newRow("an address of IPv6 with a port")
        << u"[2001:db8:0:0::1]:8443"_s << QByteArray("[2001:db8::1]:8443")
        << u"http://[2001:db8::1]:8443"_s;
    QTest::newRow("a name and the usual port")
        << u"photos.example.org:80"_s << QByteArray("photos.example.org:80")
        << u"http://photos.example.org"_s;
}

void tst_Server::namesStandInAddresses()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, host);
    QFETCH(QString, url);
    ServerOptions named = m_here->options();
    if (!name.isEmpty())
        named.names = {name};
    m_here->start(named);
    const QString port = QString::number(m_here->port());
    QCOMPARE(m_here->server().url(), QUrl(url.replace(u"PORT"_s, port)));
    RawClient client(m_here->port());
    client.send("GET /api/setup HTTP/1.1\r\nConnection: close\r\nHost: " +
                host.replace("PORT", port.toLatin1()) + "\r\n\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 200);
}

void tst_Server::proxiesOnThisMachineMayEndTls_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("scheme");
    const QByteArray field = "X-Forwarded-Proto: ";
    QTest::newRow("no proxy") << QByteArray() << QByteArray("http");
    QTest::newRow("ended TLS") << QByteArray(field + "https\r\n") << QByteArray("https");
    QTest::newRow("had none") << QByteArray(field + "http\r\n") << QByteArray("http");
    QTest::newRow("two that disagree")
        << QByteArray(field + "https\r\n" + field + "http\r\n") << QByteArray("http");
    QTest::newRow("another scheme") << QByteArray(field + "javascript\r\n") << QByteArray("http");
}

void tst_Server::proxiesOnThisMachineMayEndTls()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, scheme);
    m_here->start();
    m_here->upload(test::jpeg(test::picture({40, 30})), "key");
    const QByteArray listing = test::bodyOf(m_here->ask("GET /api/images", fields));
    QVERIFY2(listing.contains("\"previewURL\":\"" + scheme + "://"), listing.constData());
}

void tst_Server::dataIsPrivate()
{
    m_here->start();
    QCOMPARE(statusOf(m_here->upload(test::jpeg(test::picture({64, 48})), "a-key")), 201);
    int files = 0;
    QDirIterator entries(m_here->path(u"data"_s),
                         QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo info(entries.next());
        QVERIFY2(!(info.permissions() & kOthers), qPrintable(info.filePath()));
        files += info.isFile() ? 1 : 0;
    }
    QVERIFY(files > 4); // rows, lock, endpoint, an original and its variants
    QVERIFY(!(QFileInfo(m_here->path(u"data"_s)).permissions() & kOthers));
}

void tst_Server::oneServerADirectory()
{
    m_here->start();
    const auto second = Server::start(m_here->options(), m_here->pictures());
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Busy);
    m_here->stop();
    QVERIFY(Server::start(m_here->options(), m_here->pictures()));
}

void tst_Server::runningOnesAreFound()
{
    const QString directory = m_here->options().dataDirectory;
    QCOMPARE(Server::findRunning(directory).error().kind, ErrorKind::NotFound);
    m_here->start();
    QCOMPARE(*Server::findRunning(directory), m_here->server().url());
    QVERIFY(QFile::remove(directory + u"/endpoint.json"_s)); // as before it listens
    QCOMPARE(Server::findRunning(directory).error().kind, ErrorKind::Busy);
    m_here->stop();
    QCOMPARE(Server::findRunning(directory).error().kind, ErrorKind::NotFound);
    QVERIFY(!QFile::exists(directory + u"/endpoint.json"_s));
}

// Other processes of this machine send their credential to what they find there.
void tst_Server::localProcessesStayOnThisMachine_data()
{
    QTest::addColumn<ServerOptions>("options");
    ServerOptions named = m_here->options();
    named.names = {u"photos.example.org"_s};
    QTest::newRow("a server with a name") << named;
    named.host = u"0.0.0.0"_s;
    named.isInsecure = true;
    QTest::newRow("a server on every address") << named;
    named.tls = {test::tlsFile("server.pem"), test::tlsFile("server.key")};
    QTest::newRow("a server that speaks TLS") << named;
}

void tst_Server::localProcessesStayOnThisMachine()
{
    QFETCH(ServerOptions, options);
    options.dataDirectory = m_here->options().dataDirectory;
    m_here->start(options);
    const auto found = Server::findRunning(options.dataDirectory);
    QVERIFY(found);
    QCOMPARE(found->scheme(), u"http"_s);
    QCOMPARE(found->host(), u"127.0.0.1"_s);
    RawClient client(quint16(found->port()));
    client.send("GET /api/admin/images HTTP/1.1\r\nConnection: close\r\nHost: " +
                found->authority().toLatin1() + "\r\n" + m_here->credentials() + "\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 200);
}

void tst_Server::strangeEndpointsAreNotBelieved_data()
{
    QTest::addColumn<QByteArray>("endpoint");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("http://127.0.0.1:80");
    for (const char* url :
         {"http://photos.example.org:8080", "http://localhost:8080", "http://192.0.2.1:8080",
          "https://127.0.0.1:8080", "http://127.0.0.1", "http://127.0.0.1:8080/api",
          "http://127.0.0.1@192.0.2.1:8080", "http://ada@127.0.0.1:8080", "file:///etc/passwd",
          "http://127.0.0.1:8080?x", "//127.0.0.1:8080", ""})
        QTest::newRow(url) << QByteArray(R"({"url":")") + url + R"("})";
}

void tst_Server::strangeEndpointsAreNotBelieved()
{
    QFETCH(QByteArray, endpoint);
    m_here->start();
    QFile file(m_here->options().dataDirectory + u"/endpoint.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(endpoint);
    file.close();
    QCOMPARE(Server::findRunning(m_here->options().dataDirectory).error().kind, ErrorKind::Storage);
}

void tst_Server::takenPortsAreToldSo()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ServerOptions taken = m_here->options();
    taken.port = other.serverPort();
    const auto started = Server::start(taken, m_here->pictures());
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::Network);
}

void tst_Server::identityLasts()
{
    m_here->start();
    const QString audience = m_here->server().audience();
    const QString issuer = m_here->server().issuer();
    QVERIFY(!audience.isEmpty() && issuer.startsWith(u"https://"_s));
    m_here->stop();
    m_here->start();
    QCOMPARE(m_here->server().audience(), audience);
    QCOMPARE(m_here->server().issuer(), issuer);
}

void tst_Server::tokensWorkAtOnceAndAsLongAsPromised()
{
    const QString directory = m_here->options().dataDirectory;
    const auto before = issueServiceToken(directory, u"before"_s, TokenLife::Kept);
    QVERIFY(before); // with no server at all
    m_here->start();
    const auto fleeting = issueServiceToken(directory, u"fleeting"_s, TokenLife::ThisRun);
    QVERIFY(fleeting);
    const auto status = [&](const access::ServiceToken& token) {
        return statusOf(m_here->ask("GET /api/admin/images", RunningServer::credentials(token)));
    };
    QCOMPARE(status(*before), 200);
    QCOMPARE(status(*fleeting), 200);
    m_here->stop();
    m_here->start();
    QCOMPARE(status(*before), 200);
    QCOMPARE(status(*fleeting), 403);
}

// The backend's fault "64 uploads in parallel: 64 images".
void tst_Server::parallelUploadsAreAllThere()
{
    m_here->start();
    QThreadPool clients;
    clients.setMaxThreadCount(64);
    QList<int> seeds(64);
    std::iota(seeds.begin(), seeds.end(), 0);
    const auto statuses = QtConcurrent::blockingMapped<
        QList<int>>(&clients, seeds, [this](int seed) {
        const QByteArray bytes = test::jpeg(test::picture({64, 48}, seed / 2)); // pairs share bytes
        return statusOf(m_here->upload(bytes, "key-" + QByteArray::number(seed)));
    });
    QCOMPARE(statuses, QList<int>(64, 201));
    QCOMPARE(m_here->listing().size(), 64);
}

// The backend's fault "50 downloads in parallel: the counter says 50".
void tst_Server::parallelDownloadsAreAllCounted()
{
    m_here->start();
    QCOMPARE(statusOf(m_here->upload(test::jpeg(test::picture({64, 48})), "key")), 201);
    const QByteArray id = m_here->listing().first()["id"_L1].toString().toLatin1();
    QThreadPool clients;
    clients.setMaxThreadCount(50);
    const QList<int> tries(50, 0);
    const auto statuses = QtConcurrent::blockingMapped<QList<int>>(
        &clients, tries, [&](int) { return statusOf(m_here->ask("GET /api/download?id=" + id)); });
    QCOMPARE(statuses, QList<int>(50, 302));
    m_here->stop();
    m_here->start();
    QCOMPARE(m_here->listing().first()["downloadCount"_L1].toInt(), 50);
}

void tst_Server::oneKeyInParallelIsOneImage()
{
    m_here->start();
    const QByteArray bytes = test::jpeg(test::picture({64, 48}));
    QThreadPool clients;
    clients.setMaxThreadCount(8);
    const QList<int> tries(8, 0);
    const auto statuses = QtConcurrent::blockingMapped<QList<int>>(
        &clients, tries, [&](int) { return statusOf(m_here->upload(bytes, "the-key")); });
    QVERIFY(
        std::all_of(statuses.begin(), statuses.end(), [](int s) { return s == 200 || s == 201; }));
    QCOMPARE(m_here->listing().size(), 1);
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
