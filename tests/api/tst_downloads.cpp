// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/contentof.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <memory>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 255);
    return bytes;
}

} // namespace

/// Bodies that are files: previews into memory, pictures to the disk.
class DownloadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void savedFileIsWhole();
    void whatIsNotGoneOnWithIsReplaced();
    void savedFileHasOrdinaryPermissions();
    void nameComesFromTheServer_data();
    void nameComesFromTheServer();
    void refusedBodyLeavesNothing_data();
    void refusedBodyLeavesNothing();
    void targetMayBeImpossible_data();
    void targetMayBeImpossible();
    void fullDiskIsSaid();
    void cancellingEndsTheTransfer();
    void fetchIsBounded();
    void otherAddressesAreRefused_data();
    void otherAddressesAreRefused();

private:
    QStringList leftovers() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QNetworkAccessManager m_network;
};

void DownloadTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

QStringList DownloadTest::leftovers() const
{
    return QDir(m_directory->path())
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

void DownloadTest::savedFileIsWhole()
{
    const QByteArray bytes = noise(5'000'000);
    ReplayServer server;
    server.answer(200, "image/jpeg", bytes);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    qint64 last = 0, total = 0;
    const QString path = m_directory->filePath(u"boat.jpg"_s);
    const auto saved = await(client.save(
        {.url = server.url(u"/highres"_s), .path = path, .progress = [&](qint64 done, qint64 all) {
             QVERIFY(done > last);
             last = done;
             total = all;
         }}));
    VERIFY_OK(saved);
    QCOMPARE(saved->bytes, bytes.size());
    QCOMPARE(saved->type, u"image/jpeg"_s);
    QVERIFY(saved->isKnownWhole);
    QCOMPARE(test::contentOf(path), bytes);
    QCOMPARE(last, bytes.size());
    QCOMPARE(total, bytes.size());
    QCOMPARE(leftovers(), QStringList{u"boat.jpg"_s});
}

void DownloadTest::whatIsNotGoneOnWithIsReplaced()
{
    ReplayServer server;
    server.answer(200, "image/jpeg", "new");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const QString path = test::writeTo(m_directory->path(), u"boat.jpg"_s, "something old");
    QVERIFY(await(client.save({.url = server.url(u"/highres"_s), .path = path})));
    QCOMPARE(test::contentOf(path), QByteArray("new"));
}

void DownloadTest::savedFileHasOrdinaryPermissions()
{
    ReplayServer server;
    server.answer(200, "image/jpeg", "new");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const QString ordinary = test::writeTo(m_directory->path(), u"ordinary"_s, "x");
    const QString path = m_directory->filePath(u"boat.jpg"_s);
    QVERIFY(await(client.save({.url = server.url(u"/highres"_s), .path = path})));
    QCOMPARE(QFile::permissions(path), QFile::permissions(ordinary));
}

void DownloadTest::nameComesFromTheServer_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("name");
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("without a name") << QByteArray("inline") << QString();
    QTest::newRow("quoted") << QByteArray("inline; filename=\"photo-13.jpg\"") << u"photo-13.jpg"_s;
    QTest::newRow("bare") << QByteArray("attachment; filename=a.jpg") << u"a.jpg"_s;
    QTest::newRow("escaped") << QByteArray(R"(inline; filename="a\"b;c.jpg")") << u"a\"b;c.jpg"_s;
    QTest::newRow("UTF-8") << QByteArray("inline; filename=\"Böötchen.jpg\"") << u"Böötchen.jpg"_s;
    QTest::newRow("extended first")
        << QByteArray(
               "inline; filename=\"x.jpg\"; filename*=UTF-8''B%C3%B6%C3%B6tchen%20%E2%9B%B5.jpg")
        << u"Böötchen ⛵.jpg"_s;
    QTest::newRow("never closed") << QByteArray("inline; filename=\"x.jpg") << QString();
}

void DownloadTest::nameComesFromTheServer()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, name);
    ReplayServer server;
    server.answer(200, "image/jpeg", "pixels",
                  header.isEmpty() ? header : "Content-Disposition: " + header + "\r\n");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto saved = await(
        client.save({.url = server.url(u"/highres"_s), .path = m_directory->filePath(u"a"_s)}));
    VERIFY_OK(saved);
    QCOMPARE(saved->suggestedName, name);
}

void DownloadTest::refusedBodyLeavesNothing_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("gone at once") << QByteArray() << ErrorKind::Network;
    QTest::newRow("a page for people")
        << QByteArray(
               "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")
        << ErrorKind::SignInRequired;
    QTest::newRow("a part") << QByteArray("HTTP/1.1 206 Partial\r\nContent-Length: 4\r\n\r\npart")
                            << ErrorKind::BadAnswer;
    QTest::newRow("packed, though not asked for")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nzip!")
        << ErrorKind::BadAnswer;
    QTest::newRow("signature expired")
        << QByteArray(
               "HTTP/1.1 403 No\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nexpired")
        << ErrorKind::Forbidden;
    QTest::newRow("deleted meanwhile")
        << QByteArray("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n") << ErrorKind::NotFound;
    QTest::newRow("a refusal 1 MB long")
        << QByteArray("HTTP/1.1 503 No\r\nContent-Length: 1000000\r\n\r\n" +
                      QByteArray(1'000'000, 'x'))
        << ErrorKind::Unavailable;
}

void DownloadTest::refusedBodyLeavesNothing()
{
    QFETCH(QByteArray, answer);
    QFETCH(ErrorKind, kind);
    ReplayServer server;
    server.answer(answer);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto saved = await(
        client.save({.url = server.url(u"/highres"_s), .path = m_directory->filePath(u"a.jpg"_s)}));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, kind);
    QTRY_COMPARE(leftovers(), QStringList()); // the pool lets go of the file a moment later
}

void DownloadTest::targetMayBeImpossible_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no such directory") << u"missing/a.jpg"_s << ErrorKind::NotFound;
    QTest::newRow("a directory") << u"."_s << ErrorKind::NotARegularFile;
    QTest::newRow("a pipe") << u"pipe"_s << ErrorKind::NotARegularFile;
    // A directory's permissions would not hold root back; the kernel does.
    QTest::newRow("no permission") << u"/sys/a.jpg"_s << ErrorKind::PermissionDenied;
}

void DownloadTest::targetMayBeImpossible()
{
    QFETCH(QString, path);
    QFETCH(ErrorKind, kind);
    QCOMPARE(::mkfifo(QFile::encodeName(m_directory->filePath(u"pipe"_s)).constData(), 0600), 0);
    ReplayServer server;
    server.answer(200, "image/jpeg", "pixels");
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto saved = await(client.save(
        {.url = server.url(u"/highres"_s), .path = QDir(m_directory->path()).filePath(path)}));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, kind);
    QVERIFY(server.requests().isEmpty()); // found out before anything moves
}

void DownloadTest::fullDiskIsSaid()
{
    // A limit of this process stands in for the disk: the same error at the same place.
    struct rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit small = {10'000, before.rlim_max};
    const auto signalBefore = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto restore = qScopeGuard([&] {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, signalBefore);
    });
    ReplayServer server;
    server.answer(200, "image/jpeg", noise(100'000));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto saved = await(
        client.save({.url = server.url(u"/highres"_s), .path = m_directory->filePath(u"a.jpg"_s)}));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::DiskFull);
    QCOMPARE(test::contentOf(m_directory->filePath(u"a.jpg"_s)), noise(100'000).first(10'000));
}

void DownloadTest::cancellingEndsTheTransfer()
{
    ReplayServer server;
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + noise(1000),
                  ReplayServer::Then::StayOpen);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    bool hasBegun = false;
    auto future = client.save({.url = server.url(u"/highres"_s),
                               .path = m_directory->filePath(u"a.jpg"_s),
                               .progress = [&](qint64, qint64) { hasBegun = true; }});
    QTRY_VERIFY(hasBegun);
    future.cancel();
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(test::contentOf(m_directory->filePath(u"a.jpg"_s)), noise(1000)); // to be gone on with
    QTRY_COMPARE(server.openConnections(), 0);
}

void DownloadTest::fetchIsBounded()
{
    ReplayServer server;
    server.answer(200, "image/jpeg", noise(3'000'000));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto tooLarge = await(client.fetch(server.url(u"/preview"_s), 2'999'999));
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind, ErrorKind::TooLarge);
    const auto bytes = await(client.fetch(server.url(u"/preview"_s), 3'000'000));
    VERIFY_OK(bytes);
    QCOMPARE(*bytes, noise(3'000'000));
}

void DownloadTest::otherAddressesAreRefused_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("url");
    const QString here = u"http://127.0.0.1:1"_s, away = u"https://pictures.example"_s;
    QTest::newRow("file") << here << u"file:///etc/passwd"_s;
    QTest::newRow("data") << here << u"data:image/png;base64,AAAA"_s;
    QTest::newRow("resource") << here << u"qrc:/x"_s;
    QTest::newRow("relative") << here << u"/preview"_s;
    QTest::newRow("nothing") << here << QString();
    QTest::newRow("loopback, from elsewhere") << away << u"http://127.0.0.1:631/admin"_s;
    QTest::newRow("loopback in other figures") << away << u"http://2130706433/"_s;
    QTest::newRow("loopback, IPv6") << away << u"http://[::1]:631/"_s;
    QTest::newRow("loopback by name") << away << u"http://localhost/"_s;
    QTest::newRow("this host") << away << u"http://0.0.0.0/"_s;
}

void DownloadTest::otherAddressesAreRefused()
{
    QFETCH(QString, server);
    QFETCH(QString, url);
    ApiClient client(m_network);
    client.setServer(QUrl(server), {});
    QCOMPARE(await(client.fetch(QUrl(url), 1000)).error().kind, ErrorKind::InvalidInput);
    const QString path = m_directory->filePath(u"a"_s);
    QCOMPARE(await(client.save({.url = QUrl(url), .path = path})).error().kind,
             ErrorKind::InvalidInput);
    QCOMPARE(leftovers(), QStringList());
}

QTEST_GUILESS_MAIN(DownloadTest)
#include "tst_downloads.moc"
