// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

QByteArray recorded(const QString& name)
{
    QFile file(u"" VITRINE_SOURCE_DIR "/tests/fixtures/reference-api/"_s + name + u".http"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a recorded answer is missing");
    return file.readAll();
}

constexpr char kPage[] = "<!doctype html><html lang=\"en\"></html>";

} // namespace

/// The client against answers recorded from the original platform, oddities and all.
class ReferenceApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownAddressIsAPageForPeople();
    void emptyPageMayHaveACursor();
    void previewMayBeMissing();
    void listingMayEnd();
    void listingMayFailAsASuccess();
    void cursorGoesBackAsItCame();
    void uploadTellsNothing();
    void uploadMayBeRefused();
    void downloadIsARedirect();
    void failureMayBePlainText_data();
    void failureMayBePlainText();
    void signatureMayBeRefused();

private:
    QNetworkAccessManager m_network;
    QTemporaryDir m_directory;
};

void ReferenceApi::unknownAddressIsAPageForPeople()
{
    ReplayServer server;
    server.answer(200, "text/html; charset=utf-8", kPage);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto capabilities = await(client.capabilities());
    VERIFY_OK(capabilities);
    QVERIFY(capabilities->features.isEmpty());
    QCOMPARE(capabilities->maxBytes, 10'000'000);
}

void ReferenceApi::emptyPageMayHaveACursor()
{
    ReplayServer server;
    server.answer(recorded(u"list-empty-page-with-cursor"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 100));
    VERIFY_OK(page);
    QVERIFY(page->images.isEmpty());
    QVERIFY(!page->cursor.isEmpty());
}

void ReferenceApi::previewMayBeMissing()
{
    ReplayServer server;
    server.answer(recorded(u"list-page-2"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 100));
    VERIFY_OK(page);
    QVERIFY(page->images.size() > 5);
    for (const protocol::Image& image : page->images) {
        QCOMPARE(image.previewUrl.isEmpty(), !image.isPrivate);
        QVERIFY(image.alt.startsWith(u"Photo "_s));
        QCOMPARE(image.uploaded.timeSpec(), Qt::UTC);
    }
    QCOMPARE(page->images.first().id, u"b970bfed-03ac-4f41-8c48-5bbaef9f90ad"_s);
    QCOMPARE(page->images.first().alt, u"Photo 0 – ünïcode ✓"_s);
}

void ReferenceApi::listingMayEnd()
{
    ReplayServer server;
    server.answer(recorded(u"list-empty"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 100));
    VERIFY_OK(page);
    QVERIFY(page->images.isEmpty());
    QVERIFY(page->cursor.isEmpty());
}

void ReferenceApi::listingMayFailAsASuccess()
{
    ReplayServer server;
    server.answer(recorded(u"list-before-setup"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto page = await(client.images(View::Guest, {}, 100));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Unavailable);
    QCOMPARE(page.error().detail, u"Could not list images."_s);
}

void ReferenceApi::cursorGoesBackAsItCame()
{
    ReplayServer server;
    server.answer(recorded(u"list-empty"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    QVERIFY(await(client.images(View::Guest, u"a+b/c=&limit=9 é%41"_s, 100'000)));
    QCOMPARE(server.requests().first().target(),
             QByteArray("/api/images?limit=1000&cursor=a%2Bb%2Fc%3D%26limit%3D9%20%C3%A9%2541"));
}

void ReferenceApi::uploadTellsNothing()
{
    ReplayServer server;
    server.answer(recorded(u"upload"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"a.jpg"_s, "pixels");
    request.name = u"a.jpg"_s;
    request.type = u"image/jpeg"_s;
    request.alt = u"A boat"_s;
    request.isPrivate = true;
    const auto image = await(client.upload(request, {}));
    VERIFY_OK(image);
    QVERIFY(image->id.isEmpty());
    QCOMPARE(image->name, u"a.jpg"_s);
    QCOMPARE(image->alt, u"A boat"_s);
    QVERIFY(image->isPrivate);
}

void ReferenceApi::uploadMayBeRefused()
{
    ReplayServer server;
    server.answer(recorded(u"upload-refused"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"b.jpg"_s, "pixels");
    const auto image = await(client.upload(request, {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::Unavailable);
    QVERIFY(image.error().detail.startsWith(u"Could not upload image."_s));
}

void ReferenceApi::downloadIsARedirect()
{
    ReplayServer server;
    server.answer(recorded(u"download"_s));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto url = await(client.downloadUrl(u"71bae094-95a1-4382-bfbb-1bf4f66b6f09"_s));
    VERIFY_OK(url);
    QCOMPARE(url->port(), 8803);
    QVERIFY(url->path().endsWith(u"/highres"_s));
    QVERIFY(url->query().contains(u"sig=1f2e8a"_s));
}

void ReferenceApi::failureMayBePlainText_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("before the set-up") << u"download-before-setup"_s;
    QTest::newRow("unknown id") << u"download-unknown"_s;
}

void ReferenceApi::failureMayBePlainText()
{
    QFETCH(QString, name);
    ReplayServer server;
    server.answer(recorded(name));
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto url = await(client.downloadUrl(u"x"_s));
    QVERIFY(!url);
    QCOMPARE(url.error().kind, ErrorKind::Unavailable);
}

void ReferenceApi::signatureMayBeRefused()
{
    ReplayServer delivery;
    delivery.answer(recorded(u"highres-unsigned"_s));
    ReplayServer server;
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const auto bytes = await(client.fetch(delivery.url(u"/a/b/highres"_s), 1'000'000));
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, ErrorKind::Forbidden);
}

QTEST_GUILESS_MAIN(ReferenceApi)
#include "tst_referenceapi.moc"
