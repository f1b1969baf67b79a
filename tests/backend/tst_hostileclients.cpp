// SPDX-License-Identifier: GPL-3.0-or-later
// The rows "500 idle connections, slow headers, slow bodies, 200 MB bodies, chunked without end,
// pipelining, malformed requests: memory stays bounded and other clients are served" and "path
// traversal" of the backend's faults, against a real `vitrinectl serve`.
#include "tests/backend/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QTemporaryDir>

#include <functional>

using namespace Qt::StringLiterals;
using vitrine::test::RawClient;
using vitrine::test::ServerProcess;
using vitrine::test::statusOf;

namespace {

constexpr qint64 kMostGrowth =
    64 * 1024 * 1024; // far below what any of the rows sends or could hold
constexpr qint64 kHugeBody = 200'000'000;

using Crowd = std::vector<std::unique_ptr<RawClient>>;

} // namespace

class tst_HostileClients final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void othersAreServed_data();
    void othersAreServed();
    void hugeBodiesAreRefused_data();
    void hugeBodiesAreRefused();
    void pathsDoNotLeaveTheData_data();
    void pathsDoNotLeaveTheData();

private:
    using Mischief = std::function<void(tst_HostileClients&, Crowd&)>;

    QByteArray host() const
    {
        return "Host: 127.0.0.1:" + QByteArray::number(m_server->port()) + "\r\n";
    }
    QByteArray head(const QByteArray& line, const QByteArray& fields = {}) const
    {
        return line + " HTTP/1.1\r\n" + host() + fields + "\r\n";
    }
    QByteArray ask(const QByteArray& line, const QByteArray& fields = {}) const;
    qint64 residentBytes() const
    {
        return vitrine::test::useOf(m_server->processId()).residentBytes;
    }
    QByteArray uploadHead(const QByteArray& length) const
    {
        return head("POST /api/admin/upload", m_server->credentials() +
                                                  "Content-Type: multipart/form-data; "
                                                  "boundary=x\r\n" +
                                                  length);
    }
    void many(Crowd& crowd, int count, const QByteArray& bytes) const;

    QTemporaryDir m_directory;
    std::unique_ptr<ServerProcess> m_server;
};

void tst_HostileClients::initTestCase()
{
    // Else the address sanitizer keeps freed memory, and it is what is measured here.
    qputenv("ASAN_OPTIONS", qgetenv("ASAN_OPTIONS") + ":quarantine_size_mb=1");
    m_server = std::make_unique<ServerProcess>(m_directory.filePath(u"data"_s));
    m_server->start();
    for (int i = 0; i < 200;
         ++i) // threads, caches and buffers are there before anything is measured
        QCOMPARE(statusOf(ask("GET /api/images")), 200);
}

QByteArray tst_HostileClients::ask(const QByteArray& line, const QByteArray& fields) const
{
    RawClient client(m_server->port());
    client.send(head(line, fields + "Connection: close\r\n"));
    return client.readToEnd();
}

void tst_HostileClients::many(Crowd& crowd, int count, const QByteArray& bytes) const
{
    for (int i = 0; i < count; ++i) {
        crowd.push_back(std::make_unique<RawClient>(m_server->port()));
        if (!bytes.isEmpty())
            crowd.back()->send(bytes);
    }
}

void tst_HostileClients::othersAreServed_data()
{
    QTest::addColumn<Mischief>("mischief");
    const auto row = [](const char* name, const Mischief& mischief) {
        QTest::newRow(name) << mischief;
    };
    row("500 idle connections", [](auto& self, Crowd& crowd) { self.many(crowd, 500, {}); });
    row("more connections than it holds",
        [](auto& self, Crowd& crowd) { self.many(crowd, 700, {}); });
    row("slow headers",
        [](auto& self, Crowd& crowd) { self.many(crowd, 300, "GET /api/images HTTP/1.1\r\nHo"); });
    row("slow bodies", [](auto& self, Crowd& crowd) {
        self.many(crowd, 100, self.uploadHead("Content-Length: 1000000\r\n") + "--x\r\n");
    });
    row("slow chunks", [](auto& self, Crowd& crowd) {
        self.many(crowd, 100,
                  self.uploadHead("Transfer-Encoding: chunked\r\n") + "ffff\r\n--x\r\n");
    });
    row("pipelining without reading", [](auto& self, Crowd& crowd) {
        self.many(crowd, 50, self.head("GET /cdn-cgi/access/certs").repeated(1000));
    });
    row("malformed requests", [](auto& self, Crowd& crowd) {
        for (const QByteArray& bytes :
             {QByteArray(10'000, '\0'), QByteArray(100'000, 'a'), QByteArray("\r\n").repeated(5000),
              QByteArray("GET / HTTP/1.1\r\n") + QByteArray("a: b\r\n").repeated(20'000),
              self.uploadHead("Transfer-Encoding: chunked\r\n") + QByteArray(100'000, '1'),
              self.uploadHead("Transfer-Encoding: chunked\r\n") + "1;" + QByteArray(100'000, 'e')})
            self.many(crowd, 30, bytes);
    });
}

void tst_HostileClients::othersAreServed()
{
    QFETCH(Mischief, mischief);
    const qint64 before = residentBytes();
    Crowd crowd;
    mischief(*this, crowd);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOf(ask("GET /api/images")), 200);
    const qint64 growth = residentBytes() - before;
    QVERIFY2(growth < kMostGrowth, qPrintable(u"grew by %1 bytes"_s.arg(growth)));
    QVERIFY(m_server->isRunning());
}

void tst_HostileClients::hugeBodiesAreRefused_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::newRow("200 MB bodies") << "Content-Length: " + QByteArray::number(kHugeBody) + "\r\n";
    QTest::newRow("chunked without end") << QByteArray("Transfer-Encoding: chunked\r\n");
}

void tst_HostileClients::hugeBodiesAreRefused()
{
    QFETCH(QByteArray, length);
    const QByteArray start = "--x\r\nContent-Disposition: form-data; name=\"file\"; "
                             "filename=\"a\"\r\n\r\n";
    const QByteArray piece(1'000'000, 'x');
    const QByteArray chunk = QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
    const bool isChunked = length.startsWith("Transfer");
    const qint64 before = residentBytes();
    RawClient client(m_server->port());
    client.send(
        uploadHead(length) +
        (isChunked ? QByteArray::number(start.size(), 16) + "\r\n" + start + "\r\n" : start));
    for (qint64 sent = 0; sent < kHugeBody && client.socket().isValid(); sent += piece.size()) {
        client.send(isChunked ? chunk : piece);
        if (sent % 20'000'000 == 0)
            QCOMPARE(statusOf(ask("GET /api/images")), 200);
    }
    QCOMPARE(statusOf(client.readToEnd()), 413);
    const qint64 growth = residentBytes() - before;
    QVERIFY2(growth < kMostGrowth, qPrintable(u"grew by %1 bytes"_s.arg(growth)));
}

void tst_HostileClients::pathsDoNotLeaveTheData_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char* target :
         {"/../../../../etc/passwd", "/imagedelivery/../../../etc/passwd", "//etc/passwd",
          "/imagedelivery/%2e%2e/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/%2fetc/passwd",
          "/imagedelivery/x/..%2f..%2f..%2fetc%2fpasswd/preview", "/api/../../etc/passwd",
          "/api/admin/original?id=../../../../etc/passwd", "/api/admin/original?id=%2fetc%2fpasswd",
          "/api/download?id=../../backend.sqlite", "/api/admin/uploads/..%2f..%2flock",
          "/imagedelivery/x/%00/preview", "/api/images/../admin/images/../../backend.sqlite"})
        QTest::newRow(target) << QByteArray(target);
}

void tst_HostileClients::pathsDoNotLeaveTheData()
{
    QFETCH(QByteArray, target);
    const QByteArray answer = ask("GET " + target, m_server->credentials());
    QCOMPARE(statusOf(answer), 404);
    QVERIFY(!answer.contains("root:"));
    QVERIFY(!answer.contains(m_directory.path().toUtf8())); // no path in an error
}

QTEST_GUILESS_MAIN(tst_HostileClients)
#include "tst_hostileclients.moc"
