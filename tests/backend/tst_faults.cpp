// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/faultyapplication.h"
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/backend/fixture.h"
#include "tests/backend/rawclient.h"
#include "tests/support/pictures.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::backend;
using vitrine::test::RawClient;
using vitrine::test::statusOf;

/// Mistakes that are asked for with --fault.
class tst_Faults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesAreRead();
    void nonsenseIsNoRule_data();
    void nonsenseIsNoRule();
    void rulesKeepToTheirRequests();
    void sameSeedSameMistakes();
    void statusAndPause();
    void expiredSessions();
    void truncatedJson();
    void delays();
    void answersAreLost();
    void answersEndEarly();
    void requestsAreCutOff();

private:
    static FaultRule rule(const char* text) { return *parseFaultRule(QString::fromLatin1(text)); }
    static http::Response answerOf(http::Opened opened)
    {
        if (auto* response = std::get_if<http::Response>(&opened))
            return *response;
        return std::get<std::unique_ptr<http::Exchange>>(opened)->finish();
    }
    http::Response ask(FaultyApplication& faulty, const QByteArray& method,
                       const QByteArray& target, http::Headers headers = {})
    {
        return answerOf(faulty.open(http::requestHead(method, target, std::move(headers))));
    }
    FaultyApplication faulty(const QList<FaultRule>& rules, quint32 seed = 1)
    {
        return {*m_backend.application, rules, seed, "https://sign.in"};
    }
    void serve(const char* text);
    QByteArray askServer(const QByteArray& line, const QByteArray& fields = {},
                         const QByteArray& body = {});
    QByteArray upload();

    const imaging::InProcessPictureReader m_pictures;
    test::Backend m_backend;
    QTemporaryDir m_directory;
    std::unique_ptr<Server> m_server;
};

void tst_Faults::serve(const char* text)
{
    m_server.reset();
    ServerOptions options;
    options.dataDirectory = m_directory.filePath(u"data"_s);
    options.faults = {rule(text)};
    m_server = Server::start(options, m_pictures).value();
}

QByteArray tst_Faults::askServer(const QByteArray& line, const QByteArray& fields,
                                 const QByteArray& body)
{
    RawClient client(quint16(m_server->url().port()));
    client.send(line + " HTTP/1.1\r\nHost: " + m_server->url().authority().toLatin1() +
                "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
                "\r\n" + fields + "\r\n" + body);
    return client.readToEnd();
}

QByteArray tst_Faults::upload()
{
    const auto token =
        *issueServiceToken(m_directory.filePath(u"data"_s), u"faults"_s, TokenLife::ThisRun);
    return askServer("POST /api/admin/upload",
                     "CF-Access-Client-Id: " + token.clientId.toLatin1() +
                         "\r\nCF-Access-Client-Secret: " + token.clientSecret.reveal() +
                         "\r\nContent-Type: " + test::formType() + "\r\n",
                     test::form(test::jpeg(test::picture({640, 480}))));
}

void tst_Faults::rulesAreRead()
{
    const FaultRule full =
        rule("status=429,retry-after=5,path=/api/admin/*,method=post,p=0.25,skip=2,count=3");
    QCOMPARE(full.action, FaultRule::Action::Status);
    QCOMPARE(full.amount, 429);
    QCOMPARE(full.retryAfter, 5);
    QCOMPARE(full.probability, 0.25);
    QCOMPARE(full.skip, 2);
    QCOMPARE(full.count, 3);
    QVERIFY(full.isFor("POST", "/api/admin/upload"));
    QVERIFY(!full.isFor("GET", "/api/admin/upload"));
    QVERIFY(!full.isFor("POST", "/api/images"));
    QVERIFY(rule("truncate").isFor("GET", "/anything"));
    QVERIFY(!rule("truncate,path=/api").isFor("GET", "/api/images"));
}

void tst_Faults::nonsenseIsNoRule_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "explode", "delay", "delay=soon", "delay=-1", "status=200", "status=", "truncate=1",
          "drop=-1", "drop=1,p=2", "drop=1,p=", "drop=1,count=x", "drop=1,colour=red", "p=1",
          "drop=99999999999999999999", "drop=1,", "delay=1,retry-after=5",
          "status=503,retry-after=-1", "drop=1,p=nan"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_Faults::nonsenseIsNoRule()
{
    QFETCH(QString, text);
    const auto parsed = parseFaultRule(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!parsed.error().detail.isEmpty());
}

void tst_Faults::rulesKeepToTheirRequests()
{
    auto application = faulty({rule("status=503,path=/api/images,skip=1,count=2")});
    const auto status = [&](const char* target) { return ask(application, "GET", target).status; };
    QCOMPARE(status("/api/images"), 200);
    QCOMPARE(status("/api/setup"), 200);
    QCOMPARE(status("/api/images"), 503);
    QCOMPARE(status("/api/images?limit=1"), 503);
    QCOMPARE(status("/api/images"), 200);
}

void tst_Faults::sameSeedSameMistakes()
{
    const auto statuses = [this](quint32 seed) {
        auto application = faulty({rule("status=500,p=0.5")}, seed);
        QList<int> list;
        for (int i = 0; i < 64; ++i)
            list.append(ask(application, "GET", "/api/setup").status);
        return list;
    };
    QCOMPARE(statuses(7), statuses(7));
    QVERIFY(statuses(7) != statuses(8));
    QVERIFY(statuses(7).contains(200) && statuses(7).contains(500));
}

void tst_Faults::statusAndPause()
{
    auto application = faulty({rule("status=429,retry-after=30")});
    const auto response = ask(application, "GET", "/api/images");
    QCOMPARE(response.status, 429);
    QCOMPARE(response.headers.value("Retry-After"), "30");
    QCOMPARE(response.headers.value("Content-Type"), "application/problem+json");
    auto atOnce = faulty({rule("status=503,retry-after=0")});
    QCOMPARE(ask(atOnce, "GET", "/api/images").headers.value("Retry-After"), "0");
}

void tst_Faults::expiredSessions()
{
    auto application = faulty({rule("expired")});
    const auto program =
        ask(application, "GET", "/api/admin/images", {{"X-Requested-With", "XMLHttpRequest"}});
    QCOMPARE(program.status, 401);
    const auto browser = ask(application, "GET", "/api/admin/images");
    QCOMPARE(browser.status, 302);
    QCOMPARE(browser.headers.value("Location"), "https://sign.in");
}

void tst_Faults::truncatedJson()
{
    auto application = faulty({rule("truncate")});
    const auto whole = m_backend.ask("GET", "/api/capabilities").body;
    const auto response = ask(application, "GET", "/api/capabilities");
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, whole.left(whole.size() / 2));
    // A client that takes gzip gets half the JSON, and not half of a gzip.
    const auto packed =
        ask(application, "GET", "/cdn-cgi/access/certs", {{"Accept-Encoding", "gzip"}});
    QVERIFY(!packed.headers.contains("Content-Encoding"));
    QVERIFY(packed.body.startsWith("{\"keys\""));
}

void tst_Faults::delays()
{
    auto application = faulty({rule("delay=1500")});
    QCOMPARE(ask(application, "GET", "/api/setup").delay, 1500ms);
}

void tst_Faults::answersAreLost()
{
    serve("drop=0,method=POST,path=/api/admin/upload");
    QCOMPARE(upload(), QByteArray());
    QVERIFY(askServer("GET /api/images").contains("boat.jpg")); // and yet it was stored
}

void tst_Faults::answersEndEarly()
{
    serve("drop=5,path=/cdn-cgi/access/certs");
    const QByteArray answer = askServer("GET /cdn-cgi/access/certs");
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(answer.mid(answer.indexOf("\r\n\r\n") + 4), "{\"key");
}

void tst_Faults::requestsAreCutOff()
{
    serve("drop-request=100,method=POST");
    const QByteArray before = askServer("GET /api/images");
    QCOMPARE(upload(), QByteArray());
    QCOMPARE(askServer("GET /api/images").count("previewURL"), before.count("previewURL"));
    serve("drop-request=1000000,method=POST"); // a request that is shorter goes well
    QVERIFY(upload().startsWith("HTTP/1.1 200"));
    serve("drop-request=0,path=/api/setup"); // one without a body, too
    QCOMPARE(askServer("GET /api/setup"), QByteArray());
}

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_faults.moc"
