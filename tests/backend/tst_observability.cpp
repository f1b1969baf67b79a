// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/accesslog.h"
#include "tests/backend/fixture.h"
#include "tests/backend/rawclient.h"
#include "tests/backend/runningserver.h"
#include "tests/support/pictures.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace vitrine;
using vitrine::test::RawClient;
using vitrine::test::RunningServer;
using vitrine::test::statusOf;

namespace {

constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                         QFile::WriteOther | QFile::ExeOther;

} // namespace

class tst_Observability final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void accessLogTellsNoSecrets();
    void linesOfTheAccessLogStayLines();
    void metricsCount();
    void abandonedUploadsAreSeen();

private:
    void startLogged();
    QByteArray log() const;

    std::unique_ptr<RunningServer> m_here;
};

void tst_Observability::init()
{
    m_here = std::make_unique<RunningServer>();
}

void tst_Observability::startLogged()
{
    backend::ServerOptions logged = m_here->options();
    logged.accessLog = m_here->path(u"access.log"_s);
    m_here->start(logged);
}

/// All of it, once the server has ended.
QByteArray tst_Observability::log() const
{
    QFile file(m_here->path(u"access.log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_Observability::accessLogTellsNoSecrets()
{
    startLogged();
    QCOMPARE(statusOf(m_here->upload(test::jpeg(test::picture({64, 48})), "secret-key")), 201);
    const QJsonObject item = m_here->listing().first().toObject();
    const QUrl preview(item["previewURL"_L1].toString());
    m_here->ask("GET " + preview.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
    m_here->ask("GET /api/admin/uploads/secret-key", m_here->credentials());
    m_here->ask("GET /no/such/secret-path?token=secret-query");
    m_here->ask("SECRETMETHOD /api/images");
    m_here->stop(); // writes what is left

    const QByteArray text = log();
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
          item["id"_L1].toString().toLatin1(), m_here->credentials().mid(21, 32)})
        QVERIFY2(!text.contains(secret), secret.constData());
    QCOMPARE(QFileInfo(m_here->path(u"access.log"_s)).permissions() & kOthers,
             QFile::Permissions());
}

// Whatever a value is, it ends no line, colours no terminal and fills no disk.
void tst_Observability::linesOfTheAccessLogStayLines()
{
    const QString path = m_here->path(u"access.log"_s);
    {
        const auto log = backend::AccessLog::open(path);
        QVERIFY(log);
        const QByteArray hostile = "\r\n\x1b[31m\x9b{\"status\":200}" + QByteArray(100'000, 'x');
        (*log)->add({QDateTime::currentDateTimeUtc(), hostile, hostile, hostile, {}});
    }
    const QByteArray text = log();
    QCOMPARE(text.count('\n'), 1);
    QVERIFY(text.size() < 1000);
    QVERIFY(QJsonDocument::fromJson(text).isObject());
    QVERIFY(
        std::all_of(text.cbegin(), text.cend() - 1, [](char c) { return c >= 0x20 && c < 0x7f; }));
}

void tst_Observability::metricsCount()
{
    m_here->start();
    QCOMPARE(statusOf(m_here->upload(test::jpeg(test::picture({64, 48})), "a-key")), 201);
    QCOMPARE(statusOf(m_here->ask("GET /api/admin/images", "cf-access-token: a.b.c\r\n")), 403);
    // An answer is counted once it is sent, which may be after its client went on.
    for (const char* sample :
         {"\nvitrine_images 1\n", "\nvitrine_original_files 1\n",
          "\nvitrine_access_refused_total 1\n", "\nvitrine_http_connections 1\n",
          "\nvitrine_http_requests_total{route=\"/api/admin/"
          "upload\",method=\"POST\",status=\"201\"} 1\n",
          "\nvitrine_http_request_duration_seconds_count{route=\"/api/admin/upload\"} 1\n"})
        QTRY_VERIFY2(m_here->ask("GET /api/admin/metrics", m_here->credentials()).contains(sample),
                     sample);
}

void tst_Observability::abandonedUploadsAreSeen()
{
    startLogged();
    RawClient client(m_here->port());
    const QByteArray request = m_here->request("POST /api/admin/upload", m_here->uploadFields(),
                                               test::form(QByteArray(100'000, 'x')));
    client.send(request.left(request.size() / 2));
    client.shutdown();
    for (const char* sample :
         {"\nvitrine_http_abandoned_total 1\n", "\nvitrine_http_requests_total{route=\"/api/admin/"
                                                "upload\",method=\"POST\",status=\"499\"} 1\n"})
        QTRY_VERIFY2(m_here->ask("GET /api/admin/metrics", m_here->credentials()).contains(sample),
                     sample);
    m_here->stop();
    // Among the lines of those who asked for the metrics, one of which may be earlier.
    QJsonObject entry;
    for (const QByteArray& line : log().split('\n')) {
        const QJsonObject told = QJsonDocument::fromJson(line).object();
        if (told["route"_L1].toString() == "/api/admin/upload"_L1)
            entry = told;
    }
    QCOMPARE(entry["status"_L1].toInt(), 499);
    QCOMPARE(entry["complete"_L1].toBool(true), false);
}

QTEST_GUILESS_MAIN(tst_Observability)
#include "tst_observability.moc"
