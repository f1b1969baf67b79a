// SPDX-License-Identifier: GPL-3.0-or-later
// The row "a browser page on another origin, a rebinding Host" of the backend's faults; Host is
// checked where the head is read, see tst_httpserver.
#include "tests/backend/fixture.h"
#include "tests/support/pictures.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine::backend;
using vitrine::test::Backend;
namespace test = vitrine::test;
using http::Headers;

class tst_Browsers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void originsAreNormalised_data();
    void originsAreNormalised();
    void pagesGetNothing_data();
    void pagesGetNothing();
    void preflightsAreRefused();
    void namedPagesMayReadAnswers();
    void namedPagesStillNeedAccess();
    void linksToPicturesOpen();

private:
    static constexpr char kOrigin[] = "https://gallery.example.org";
    Backend m_backend{1'000'000, Origins({kOrigin})};
};

void tst_Browsers::originsAreNormalised_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("origin");
    const auto row = [](const char* text, const char* origin) {
        QTest::newRow(text) << QString::fromLatin1(text) << QByteArray(origin);
    };
    row("https://Example.org", "https://example.org");
    row("https://example.org:443/", "https://example.org");
    row("http://localhost:8080", "http://localhost:8080");
    row("https://example.org/path", nullptr);
    row("https://user@example.org", nullptr);
    row("example.org", nullptr);
    row("file:///", nullptr);
    row("*", nullptr);
    row("null", nullptr);
    row("", nullptr);
}

void tst_Browsers::originsAreNormalised()
{
    QFETCH(QString, text);
    QTEST(Origins::normalised(text), "origin");
}

void tst_Browsers::pagesGetNothing_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::newRow("another origin") << Headers{{"Origin", "https://evil.example.org"}};
    QTest::newRow("no origin") << Headers{{"Origin", "null"}};
    QTest::newRow("another scheme") << Headers{{"Origin", "http://gallery.example.org"}};
    QTest::newRow("another port") << Headers{{"Origin", "https://gallery.example.org:8443"}};
    QTest::newRow("beginning alike")
        << Headers{{"Origin", "https://gallery.example.org.evil.example.org"}};
    QTest::newRow("two origins") << Headers{{"Origin", kOrigin},
                                            {"Origin", "https://evil.example.org"}};
    QTest::newRow("a picture in a page") << Headers{{"Sec-Fetch-Site", "cross-site"}};
    QTest::newRow("a page of a sister site") << Headers{{"Sec-Fetch-Site", "same-site"}};
    QTest::newRow("a picture in a named stranger")
        << Headers{{"Sec-Fetch-Site", "cross-site"}, {"Referer", "https://evil.example.org/a"}};
}

void tst_Browsers::pagesGetNothing()
{
    QFETCH(Headers, headers);
    const QString id = m_backend.share(test::jpeg(test::picture({64, 48})))["id"_L1].toString();
    const QByteArray download = "/api/download?id=" + id.toLatin1();
    const QByteArray preview = test::targetOf(m_backend.item(id)["previewURL"_L1].toString());
    for (const QByteArray& target : {QByteArray("/api/images"), QByteArray("/api/setup"), download,
                                     preview, QByteArray("/api/admin/images")}) {
        const auto response = m_backend.askAsOwner("GET", target, headers);
        QCOMPARE(response.status, 403);
        QVERIFY(!response.headers.contains("Access-Control-Allow-Origin"));
    }
    m_backend.askAsOwner("POST", "/api/admin/delete", headers,
                         "{\"id\":\"" + id.toLatin1() + "\"}");
    QCOMPARE(m_backend.item(id)["downloadCount"_L1].toInt(-1), 0); // it is there, and not counted
}

void tst_Browsers::preflightsAreRefused()
{
    const auto response = m_backend.askAsOwner(
        "OPTIONS", "/api/admin/upload",
        {{"Origin", "https://evil.example.org"}, {"Access-Control-Request-Method", "POST"}});
    QCOMPARE(response.status, 403);
}

void tst_Browsers::namedPagesMayReadAnswers()
{
    const Headers headers{{"Origin", kOrigin}, {"Sec-Fetch-Site", "cross-site"}};
    auto head = http::requestHead("GET", "/api/images", headers);
    auto response = m_backend.ask("GET", "/api/images", headers);
    QCOMPARE(response.status, 200);
    m_backend.application->dress(head, response);
    QCOMPARE(response.headers.value("Access-Control-Allow-Origin"), kOrigin);
    QVERIFY(response.headers.values("Vary").contains("Origin"));

    http::Response others;
    m_backend.application->dress(http::requestHead("GET", "/api/images"), others);
    QVERIFY(!others.headers.contains("Access-Control-Allow-Origin"));
    QVERIFY(others.headers.values("Vary").contains("Origin")); // or a cache would mix them up
}

void tst_Browsers::namedPagesStillNeedAccess()
{
    const Headers headers{{"Origin", kOrigin}};
    QCOMPARE(m_backend.ask("GET", "/api/admin/images", headers).body, "Access denied.");
    QCOMPARE(m_backend.askAsOwner("GET", "/api/admin/images", headers).status, 200);
}

void tst_Browsers::linksToPicturesOpen()
{
    const auto item = m_backend.share(test::jpeg(test::picture({65, 48})));
    const QByteArray preview = test::targetOf(item["previewURL"_L1].toString());
    const auto opened = [&](const char* mode, const char* destination) {
        return m_backend
            .ask("GET", preview,
                 {{"Sec-Fetch-Site", "cross-site"},
                  {"Sec-Fetch-Mode", mode},
                  {"Sec-Fetch-Dest", destination}})
            .status;
    };
    QCOMPARE(opened("navigate", "document"), 200);
    QCOMPARE(opened("navigate", "iframe"), 403);
    QCOMPARE(opened("no-cors", "image"), 403);
}

QTEST_GUILESS_MAIN(tst_Browsers)
#include "tst_browsers.moc"
