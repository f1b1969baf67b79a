// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "tests/support/futures.h"
#include "tests/support/http2front.h"
#include "tests/support/pictures.h"
#include "tests/support/sandbox.h"
#include "tests/support/tlsfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <QNetworkAccessManager>
#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::View;
using test::await;

namespace {

/// A picture that does not compress, so that its bytes take many steps.
QByteArray largePicture()
{
    QImage image(900, 700, QImage::Format_RGB32);
    QRandomGenerator random{7};
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<quint32*>(image.scanLine(y));
        random.fillRange(line, image.width());
    }
    return test::png(image);
}

/// What was told on the way from the first byte to the last.
struct Steps {
    QList<qint64> done;
    qint64 total = 0;

    api::Progress note()
    {
        return [this](qint64 now, qint64 all) {
            done.append(now);
            total = all;
        };
    }
    bool areOfAStream() const
    {
        const bool isInBetween =
            std::any_of(done.begin(), done.end(), [this](qint64 d) { return d > 0 && d < total; });
        return isInBetween && std::is_sorted(done.begin(), done.end()) && done.last() == total;
    }
};

} // namespace

/// The client where a web server stands before the gallery and speaks HTTP/2, as Cloudflare does.
/// Only uploads are better off without it.
class Http2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void requestsArriveAsHttp2();
    void uploadsAreStreamed();
    void downloadsAreStreamed();
    void manyAtOnceShareOneConnection();
    void signInIsAskedFor();

private:
    api::UploadRequest request(const QByteArray& bytes);
    protocol::Image uploaded();
    void verifyArrived(const QByteArray& request, const QByteArray& version = "HTTP/2.0");

    const decoding::SandboxedPictureReader m_pictures{test::sandboxTerms()};
    QTemporaryDir m_directory;
    test::Http2Front m_front;
    std::unique_ptr<backend::Server> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<api::ApiClient> m_client;
    int m_uploads = 0;
};

void Http2::initTestCase()
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    QVERIFY(configuration.addCaCertificates(test::tlsFile("ca.pem")));
    QSslConfiguration::setDefaultConfiguration(configuration);

    backend::ServerOptions options;
    options.dataDirectory = m_directory.filePath(u"backend"_s);
    options.names = {m_front.authority()};
    auto started = backend::Server::start(options, m_pictures);
    VERIFY_OK(started);
    m_server = *std::move(started);
    m_front.start(QUrl(u"http://127.0.0.1:%1"_s.arg(m_server->port())));
    m_network = std::make_unique<QNetworkAccessManager>();
    m_client = std::make_unique<api::ApiClient>(*m_network);
    const auto token =
        backend::issueServiceToken(options.dataDirectory, u"http2"_s, backend::TokenLife::ThisRun);
    VERIFY_OK(token);
    m_client->setServer(m_front.url(), *token);
    VERIFY_OK(await(m_client->greet()));
}

void Http2::cleanupTestCase()
{
    m_client.reset();
    m_network.reset();
    m_server.reset();
}

api::UploadRequest Http2::request(const QByteArray& bytes)
{
    api::UploadRequest request;
    request.idempotencyKey = u"key-%1"_s.arg(++m_uploads);
    request.file = test::writeTo(m_directory.path(), request.idempotencyKey, bytes);
    request.name = u"boat.png"_s;
    request.type = u"image/png"_s;
    request.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return request;
}

protocol::Image Http2::uploaded()
{
    const auto bytes = test::png(test::picture({400, 300}, m_uploads));
    return await(m_client->upload(request(bytes), {})).value_or(protocol::Image());
}

// The line is written when all of the answer is out, which the client may have read before.
void Http2::verifyArrived(const QByteArray& request, const QByteArray& version)
{
    QTRY_VERIFY2(m_front.requests().contains(version + ' ' + request), request.constData());
}

void Http2::requestsArriveAsHttp2()
{
    const protocol::Image image = uploaded();
    QVERIFY(!image.id.isEmpty());
    const auto page = await(m_client->images(View::Owner, {}, 100));
    VERIFY_OK(page);
    QCOMPARE(page->images.first().id, image.id);
    VERIFY_OK(await(m_client->fetch(page->images.first().previewUrl, 1'000'000)));
    VERIFY_OK(await(m_client->patch(image.id, image.revision, {u"A boat"_s, {}})));
    VERIFY_OK(await(m_client->remove(image.id)));
    const QByteArray id = image.id.toLatin1();
    verifyArrived("GET /api/capabilities 200");
    verifyArrived("POST /api/admin/upload 201", "HTTP/1.1");
    verifyArrived("GET /api/admin/images 200");
    verifyArrived("GET " + image.previewUrl.path().toLatin1() + " 200");
    verifyArrived("PATCH /api/admin/images/" + id + " 200");
    verifyArrived("POST /api/admin/delete 200");
    const QByteArrayList all = m_front.requests();
    QVERIFY(std::all_of(all.begin(), all.end(), [](const QByteArray& line) {
        return line.startsWith("HTTP/2.0 ") || line == "HTTP/1.1 POST /api/admin/upload 201";
    }));
}

void Http2::uploadsAreStreamed()
{
    const QByteArray bytes = largePicture();
    Steps steps;
    const auto image = await(m_client->upload(request(bytes), steps.note()));
    VERIFY_OK(image);
    QCOMPARE(image->bytes, bytes.size());
    QVERIFY(steps.areOfAStream());
    QVERIFY(steps.total > bytes.size()); // with the form around it
}

void Http2::downloadsAreStreamed()
{
    const QByteArray bytes = largePicture();
    const auto image = await(m_client->upload(request(bytes), {}));
    VERIFY_OK(image);
    const QString path = m_directory.filePath(u"saved"_s);
    Steps steps;
    VERIFY_OK(await(m_client->save(
        {.url = m_client->originalUrl(image->id), .path = path, .progress = steps.note()})));
    QVERIFY(steps.areOfAStream());
    QCOMPARE(steps.total, bytes.size());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
    verifyArrived("GET /api/admin/original 200");

    const auto url = await(m_client->downloadUrl(image->id));
    VERIFY_OK(url);
    QCOMPARE(url->authority(), m_front.authority());
    VERIFY_OK(await(m_client->fetch(*url, 20'000'000)));
    verifyArrived("GET /api/download 302");
    verifyArrived("GET " + url->path().toLatin1() + " 200");
}

void Http2::manyAtOnceShareOneConnection()
{
    const protocol::Image image = uploaded();
    QList<QFuture<Result<QByteArray>>> all;
    for (int i = 0; i < 50; ++i)
        all.append(m_client->fetch(image.previewUrl, 1'000'000));
    const auto first = await(all.first());
    VERIFY_OK(first);
    for (const auto& each : std::as_const(all))
        QCOMPARE(await(each).value_or(QByteArray()), *first);
    const QByteArray line = "HTTP/2.0 GET " + image.previewUrl.path().toLatin1() + " 200";
    QTRY_COMPARE(m_front.requests().count(line), all.size());
    QCOMPARE(m_front.connections(), 3); // the others for uploads, and for earlier downloads
}

// A refusal in the middle of a body must not be taken for a lost connection.
void Http2::signInIsAskedFor()
{
    api::ApiClient guest(*m_network);
    guest.setServer(m_front.url(), {});
    VERIFY_OK(await(guest.greet()));
    QCOMPARE(await(guest.upload(request(largePicture()), {})).error().kind,
             ErrorKind::SignInRequired);
    QCOMPARE(await(guest.images(View::Owner, {}, 1)).error().kind, ErrorKind::SignInRequired);
    verifyArrived("POST /api/admin/upload 403", "HTTP/1.1");
}

QTEST_GUILESS_MAIN(Http2)
#include "tst_http2.moc"
