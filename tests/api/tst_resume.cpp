// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/contentof.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

/// What of a picture has arrived stays on the disk, and the rest is asked for.
class ResumeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void brokenBodyStays();
    void cutChunksAreNotCalledWhole();
    void brokenBodyIsGoneOnWith();
    void whatTheRestMayBe_data();
    void whatTheRestMayBe();
    void weakTagIsNoPromise();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QNetworkAccessManager m_network;
};

void ResumeTest::brokenBodyStays()
{
    ReplayServer server;
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const QString path = m_directory->filePath(u"a.jpg"_s);
    const auto saved = await(client.save({.url = server.url(u"/highres"_s), .path = path}));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Network);
    QCOMPARE(test::contentOf(path), QByteArray("short"));
}

// Qt 6.4 may take the end of the connection for that of the body.
void ResumeTest::cutChunksAreNotCalledWhole()
{
    ReplayServer server;
    server.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const QString path = m_directory->filePath(u"a.jpg"_s);
    const auto saved = await(client.save({.url = server.url(u"/highres"_s), .path = path}));
    QVERIFY(!saved || !saved->isKnownWhole);
    QCOMPARE(test::contentOf(path), QByteArray("short"));
}

// "Downloads": short body then resume by Range
void ResumeTest::brokenBodyIsGoneOnWith()
{
    ReplayServer server;
    server.answer("HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 10\r\n\r\n01234");
    server.answer("HTTP/1.1 206 Rest\r\nETag: \"v1\"\r\nContent-Type: image/jpeg\r\n"
                  "Content-Range: bytes 5-9/10\r\nContent-Length: 5\r\n\r\n56789");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    ApiClient::SaveOrder order{.url = server.url(u"/highres"_s),
                               .path = m_directory->filePath(u"a.jpg"_s)};
    qint64 total = 0, moved = 0;
    order.begun = [&](const QByteArray& etag, qint64 bytes) {
        order.etag = etag;
        total = bytes;
    };
    order.progress = [&](qint64 done, qint64) { moved = done; };
    QVERIFY(!await(client.save(order)));
    QCOMPARE(order.etag, QByteArray("\"v1\""));
    QCOMPARE(total, 10);
    const auto saved = await(client.save(order));
    VERIFY_OK(saved);
    QCOMPARE(saved->bytes, 10);
    QCOMPARE(moved, 10);
    QCOMPARE(test::contentOf(order.path), QByteArray("0123456789"));
    QVERIFY(server.requests().first().header("Range").isEmpty());
    QCOMPARE(server.requests().last().header("Range"), QByteArray("bytes=5-"));
    QCOMPARE(server.requests().last().header("If-Range"), QByteArray("\"v1\""));
}

void ResumeTest::whatTheRestMayBe_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<std::optional<ErrorKind>>("kind");
    QTest::addColumn<QByteArray>("content");
    using Kind = std::optional<ErrorKind>;
    QTest::newRow("all of another one")
        << QByteArray("HTTP/1.1 200 OK\r\nETag: \"v2\"\r\nContent-Length: 4\r\n\r\nnew!") << Kind()
        << QByteArray("new!");
    QTest::newRow("of a size that is not told")
        << QByteArray("HTTP/1.1 206 Rest\r\nContent-Range: bytes 5-9/*\r\n"
                      "Content-Length: 5\r\n\r\n56789")
        << Kind() << QByteArray("0123456789");
    QTest::newRow("from elsewhere on")
        << QByteArray("HTTP/1.1 206 Rest\r\nContent-Range: bytes 4-9/10\r\n"
                      "Content-Length: 6\r\n\r\n456789")
        << Kind(ErrorKind::Conflict) << QByteArray("01234");
    QTest::newRow("from nobody knows where")
        << QByteArray("HTTP/1.1 206 Rest\r\nContent-Length: 5\r\n\r\n56789")
        << Kind(ErrorKind::Conflict) << QByteArray("01234");
    QTest::newRow("nothing: it is shorter")
        << QByteArray("HTTP/1.1 416 No\r\nContent-Range: bytes */3\r\nContent-Length: 0\r\n\r\n")
        << Kind(ErrorKind::Conflict) << QByteArray("01234");
    QTest::newRow("less than the rest")
        << QByteArray("HTTP/1.1 206 Rest\r\nETag: \"v1\"\r\nContent-Range: bytes 5-7/10\r\n"
                      "Content-Length: 3\r\n\r\n567")
        << Kind(ErrorKind::Network) << QByteArray("01234567");
    QTest::newRow("of another one")
        << QByteArray("HTTP/1.1 206 Rest\r\nETag: \"v2\"\r\nContent-Range: bytes 5-9/10\r\n"
                      "Content-Length: 5\r\n\r\n56789")
        << Kind(ErrorKind::Conflict) << QByteArray("01234");
    QTest::newRow("a sentence in JSON")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                      "Content-Length: 13\r\n\r\n{\"error\":\"x\"}")
        << Kind(ErrorKind::BadAnswer) << QByteArray("01234");
    QTest::newRow("a sentence in plain text")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/plain;charset=UTF-8\r\n"
                      "Content-Length: 4\r\n\r\noops")
        << Kind(ErrorKind::BadAnswer) << QByteArray("01234");
    QTest::newRow("a page for people")
        << QByteArray(
               "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")
        << Kind(ErrorKind::SignInRequired) << QByteArray("01234");
    QTest::newRow("an address that is over")
        << QByteArray("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n") << Kind(ErrorKind::Forbidden)
        << QByteArray("01234");
}

void ResumeTest::whatTheRestMayBe()
{
    QFETCH(QByteArray, answer);
    QFETCH(std::optional<ErrorKind>, kind);
    QFETCH(QByteArray, content);
    ReplayServer server;
    server.answer(answer);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const QString path = test::writeTo(m_directory->path(), u"a.jpg"_s, "01234");
    const auto saved =
        await(client.save({.url = server.url(u"/highres"_s), .path = path, .etag = "\"v1\""}));
    QCOMPARE(saved ? std::optional<ErrorKind>() : saved.error().kind, kind);
    QCOMPARE(test::contentOf(path), content);
}

void ResumeTest::weakTagIsNoPromise()
{
    ReplayServer server;
    server.answer(200, "image/jpeg", "pixels", "ETag: W/\"v1\"\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    std::optional<QByteArray> told;
    VERIFY_OK(await(client.save({.url = server.url(u"/highres"_s),
                                 .path = m_directory->filePath(u"a.jpg"_s),
                                 .begun = [&](const QByteArray& etag, qint64) { told = etag; }})));
    QCOMPARE(told, QByteArray());
}

QTEST_GUILESS_MAIN(ResumeTest)
#include "tst_resume.moc"
