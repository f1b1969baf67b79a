// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/sandbox.h"
#include "tests/support/serverprocess.h"
#include "tests/support/tlsfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::ApiClient;
using api::UploadRequest;
using api::View;
using protocol::Image;
using test::await;

namespace {

constexpr qint64 kLimit = 20'000'000;
constexpr qint64 kMaxBytes = 2'000'000; // of an upload

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What client and backend promise each other, word for word on the wire; every promise against the
/// backend in this process and against `vitrinectl serve`, bare and under TLS.
class Contract : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();
    void capabilitiesAreTold();
    void emptyListing();
    void uploadIsListed();
    void sameKeySameImage();
    void outcomeOfAnUploadIsKnown();
    void tornUploadIsRefused();
    void whatIsNoPictureIsRefused_data();
    void whatIsNoPictureIsRefused();
    void tooLargeIsRefused();
    void oddNamesAndTextsArrive_data();
    void oddNamesAndTextsArrive();
    void listingGoesByPages();
    void guestsSeePrivateImagesVeiled();
    void patchChangesAndConflicts();
    void removingTwiceIsFine();
    void downloadCountsOnce();
    void privateDownloadWantsSignIn();
    void makingPrivateRevokesAddresses();
    void originalComesBackUnchanged();
    void signInIsAskedFor_data();
    void signInIsAskedFor();
    void everythingSurvivesARestart();

private:
    void startServer();
    access::Credential startHere(const QString& directory);
    access::Credential startProcess(const QString& directory);
    UploadRequest request(const QByteArray& bytes, const QString& name = u"boat.jpg"_s) const;
    Image uploaded(int seed, bool isPrivate = false);
    Image asListed(View view, const QString& id);

    const decoding::SandboxedPictureReader m_pictures{test::sandboxTerms()};
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<backend::Server> m_server;
    std::unique_ptr<test::ServerProcess> m_process;
    QUrl m_url;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_owner;
    std::unique_ptr<ApiClient> m_guest;
};

void Contract::initTestCase_data()
{
    QTest::addColumn<bool>("isProcess");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("in this process") << false << QStringList();
    QTest::newRow("vitrinectl serve") << true << QStringList();
    QTest::newRow("vitrinectl serve over TLS") << true << test::tlsOptions();
}

void Contract::initTestCase()
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    QVERIFY(configuration.addCaCertificates(test::tlsFile("ca.pem")));
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void Contract::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_network = std::make_unique<QNetworkAccessManager>();
    startServer();
}

void Contract::cleanup()
{
    m_owner.reset();
    m_guest.reset();
    m_network.reset();
    m_server.reset();
    m_process.reset();
}

void Contract::startServer()
{
    m_server.reset();
    m_process.reset();
    const QString directory = m_directory->filePath(u"backend"_s);
    QFETCH_GLOBAL(bool, isProcess);
    const access::Credential owner = isProcess ? startProcess(directory) : startHere(directory);
    m_owner = std::make_unique<ApiClient>(*m_network);
    m_owner->setServer(m_url, owner);
    m_guest = std::make_unique<ApiClient>(*m_network);
    m_guest->setServer(m_url, {});
}

access::Credential Contract::startHere(const QString& directory)
{
    backend::ServerOptions options;
    options.dataDirectory = directory;
    options.maxBytes = kMaxBytes;
    m_server = backend::Server::start(options, m_pictures).value();
    m_url = m_server->url();
    return backend::issueServiceToken(directory, u"contract"_s, backend::TokenLife::ThisRun)
        .value();
}

access::Credential Contract::startProcess(const QString& directory)
{
    QFETCH_GLOBAL(QStringList, options);
    m_process = std::make_unique<test::ServerProcess>(
        directory, options + QStringList{u"--max-bytes"_s, QString::number(kMaxBytes)});
    m_process->start();
    m_url = m_process->url();
    return access::ServiceToken{m_process->clientId(), access::Secret(m_process->clientSecret())};
}

UploadRequest Contract::request(const QByteArray& bytes, const QString& name) const
{
    UploadRequest request;
    request.idempotencyKey = QUuid::createUuid().toString(QUuid::WithoutBraces);
    request.file = test::writeTo(m_directory->path(), request.idempotencyKey, bytes);
    request.name = name;
    request.type = u"image/jpeg"_s;
    request.alt = u"A boat"_s;
    request.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return request;
}

Image Contract::uploaded(int seed, bool isPrivate)
{
    UploadRequest wanted = request(test::jpeg(test::picture({800, 600}, seed)));
    wanted.isPrivate = isPrivate;
    const auto image = await(m_owner->upload(wanted, {}));
    if (!image)
        qWarning("the upload failed: %s", qPrintable(image.error().detail));
    return image.value_or(Image());
}

Image Contract::asListed(View view, const QString& id)
{
    const auto page = await((view == View::Owner ? m_owner : m_guest)->images(view, {}, 1000));
    for (const Image& image : page.value_or(protocol::Page()).images) {
        if (image.id == id)
            return image;
    }
    return {};
}

void Contract::capabilitiesAreTold()
{
    const auto capabilities = await(m_guest->capabilities());
    VERIFY_OK(capabilities);
    using Feature = protocol::Capabilities::Feature;
    QCOMPARE(capabilities->features,
             (QSet{Feature::Privacy, Feature::Alt, Feature::Delete, Feature::Idempotency,
                   Feature::Original, Feature::Conditional}));
    QCOMPARE(capabilities->maxBytes, 2'000'000);
    QCOMPARE(capabilities->maxPixels, 200'000'000);
    QCOMPARE(capabilities->maxSide, 30'000);
}

void Contract::emptyListing()
{
    for (const auto& [client, view] :
         {std::pair(m_owner.get(), View::Owner), std::pair(m_guest.get(), View::Guest)}) {
        const auto page = await(client->images(view, {}, 100));
        VERIFY_OK(page);
        QVERIFY(page->images.isEmpty());
        QVERIFY(page->cursor.isEmpty());
    }
}

void Contract::uploadIsListed()
{
    const QByteArray bytes = test::jpeg(test::picture({800, 600}));
    const UploadRequest wanted = request(bytes);
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    QVERIFY(!image->id.isEmpty());
    QCOMPARE(image->name, u"boat.jpg"_s);
    QCOMPARE(image->alt, u"A boat"_s);
    QVERIFY(!image->isPrivate);
    QCOMPARE(image->downloadCount, 0);
    QCOMPARE(image->size, QSize(800, 600));
    QCOMPARE(image->bytes, bytes.size());
    QCOMPARE(image->type, u"image/jpeg"_s);
    QVERIFY(image->revision > 0);
    QVERIFY(!image->placeholder.isEmpty());
    QCOMPARE(image->sha256, wanted.sha256);
    QCOMPARE(asListed(View::Owner, image->id), *image);

    const Image guests = asListed(View::Guest, image->id);
    QCOMPARE(guests.alt, u"A boat"_s);
    QVERIFY(guests.sha256.isEmpty());
    const auto preview = await(m_guest->fetch(guests.previewUrl, kLimit));
    VERIFY_OK(preview);
    QCOMPARE(QImage::fromData(*preview).size(), QSize(360, 270));
}

void Contract::sameKeySameImage()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const auto first = await(m_owner->upload(wanted, {}));
    const auto second = await(m_owner->upload(wanted, {}));
    VERIFY_OK(first);
    VERIFY_OK(second);
    QCOMPARE(second->id, first->id);
    const auto page = await(m_owner->images(View::Owner, {}, 100));
    VERIFY_OK(page);
    QCOMPARE(page->images.size(), 1);
}

void Contract::outcomeOfAnUploadIsKnown()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    QCOMPARE(await(m_owner->uploadOutcome(wanted.idempotencyKey)).error().kind,
             ErrorKind::NotFound);
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    const auto outcome = await(m_owner->uploadOutcome(wanted.idempotencyKey));
    VERIFY_OK(outcome);
    QCOMPARE(*outcome, *image);
}

void Contract::tornUploadIsRefused()
{
    UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    wanted.sha256 = QByteArray(32, 'x');
    const auto image = await(m_owner->upload(wanted, {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::Rejected);
    QVERIFY(!image.error().detail.isEmpty());
    QCOMPARE(await(m_owner->uploadOutcome(wanted.idempotencyKey)).error().kind,
             ErrorKind::NotFound);
    QVERIFY(await(m_owner->images(View::Owner, {}, 100))->images.isEmpty());
}

void Contract::whatIsNoPictureIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a text") << QByteArray("this is not an image");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a picture") << test::jpeg(test::picture({800, 600})).left(3000);
    QTest::newRow("its first bytes") << test::jpeg(test::picture({800, 600})).left(20);
}

void Contract::whatIsNoPictureIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto image = await(m_owner->upload(request(bytes), {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::Rejected);
    QVERIFY(!image.error().detail.isEmpty());
    QVERIFY(await(m_owner->images(View::Owner, {}, 100))->images.isEmpty());
}

void Contract::tooLargeIsRefused()
{
    const QByteArray bytes = test::jpeg(test::picture({800, 600})) + QByteArray(6'000'000, 'x');
    const auto image = await(m_owner->upload(request(bytes), {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::TooLarge);
    QVERIFY(await(m_owner->images(View::Owner, {}, 100))->images.isEmpty());
}

void Contract::oddNamesAndTextsArrive_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("arrives");
    QTest::newRow("umlauts and emoji") << u"Böötchen ⛵.jpg"_s << u"Böötchen ⛵.jpg"_s;
    QTest::newRow("quote") << u"a\"b.jpg"_s << u"a\"b.jpg"_s;
    QTest::newRow("semicolon") << u"a;filename=b.jpg"_s << u"a;filename=b.jpg"_s;
    QTest::newRow("right-to-left override") << u"a\u202egpj.exe"_s << u"a_gpj.exe"_s;
}

void Contract::oddNamesAndTextsArrive()
{
    QFETCH(QString, name);
    QFETCH(QString, arrives);
    UploadRequest wanted = request(test::jpeg(test::picture({100, 80})), name);
    wanted.alt = u"Zwei Boote\r\nund \"ein\" Häfchen ⛵ --vitrine-\n"_s;
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    QCOMPARE(image->name, arrives);
    QCOMPARE(image->alt.simplified(), wanted.alt.simplified());
}

void Contract::listingGoesByPages()
{
    QStringList ids;
    for (int i = 0; i < 5; ++i)
        ids.prepend(uploaded(i).id);
    QStringList listed;
    QString cursor;
    do {
        const auto page = await(m_guest->images(View::Guest, cursor, 2));
        VERIFY_OK(page);
        QVERIFY(page->images.size() <= 2);
        for (const Image& image : page->images)
            listed.append(image.id);
        cursor = page->cursor;
    } while (!cursor.isEmpty() && listed.size() < 10);
    QCOMPARE(listed, ids);
}

void Contract::guestsSeePrivateImagesVeiled()
{
    const Image image = uploaded(1, true);
    QVERIFY(image.isPrivate);
    const Image guests = asListed(View::Guest, image.id);
    QVERIFY(guests.isPrivate);
    QVERIFY(guests.name.isEmpty());
    QVERIFY(guests.alt.isEmpty());
    const auto veiled = await(m_guest->fetch(guests.previewUrl, kLimit));
    const auto sharp = await(m_owner->fetch(asListed(View::Owner, image.id).previewUrl, kLimit));
    VERIFY_OK(veiled);
    VERIFY_OK(sharp);
    QVERIFY(*veiled != *sharp);
    QVERIFY(guests.previewUrl.path().endsWith(u"/blurred"_s));
    QVERIFY(!QImage::fromData(*veiled).isNull());
}

void Contract::patchChangesAndConflicts()
{
    const Image image = uploaded(1);
    const auto changed = await(m_owner->patch(image.id, image.revision, {u"A ship"_s, {}}));
    VERIFY_OK(changed);
    QCOMPARE(changed->alt, u"A ship"_s);
    QVERIFY(changed->revision > image.revision);
    QCOMPARE(asListed(View::Guest, image.id).alt, u"A ship"_s);

    const auto late = await(m_owner->patch(image.id, image.revision, {u"A raft"_s, {}}));
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::Conflict);
    const auto whatever = await(m_owner->patch(image.id, 0, {{}, true}));
    VERIFY_OK(whatever);
    QVERIFY(whatever->isPrivate);
    QCOMPARE(whatever->alt, u"A ship"_s);
    QCOMPARE(await(m_owner->patch(u"unknown"_s, 0, {{}, true})).error().kind, ErrorKind::NotFound);
}

void Contract::removingTwiceIsFine()
{
    const Image image = uploaded(1);
    QVERIFY(await(m_owner->remove(image.id)));
    QVERIFY(asListed(View::Owner, image.id).id.isEmpty());
    QVERIFY(await(m_owner->remove(image.id)));
    QCOMPARE(await(m_guest->downloadUrl(image.id)).error().kind, ErrorKind::NotFound);
    QVERIFY(!await(m_guest->fetch(image.previewUrl, kLimit)));
}

void Contract::downloadCountsOnce()
{
    const Image image = uploaded(1);
    const auto url = await(m_guest->downloadUrl(image.id));
    VERIFY_OK(url);
    QCOMPARE(asListed(View::Guest, image.id).downloadCount, 1);
    const QString path = m_directory->filePath(u"saved.jpg"_s);
    for (int i = 0; i < 2; ++i) {
        const auto saved = await(m_guest->save(*url, path, {}));
        VERIFY_OK(saved);
        QCOMPARE(saved->bytes, contentOf(path).size());
        QCOMPARE(saved->type, u"image/jpeg"_s);
    }
    QCOMPARE(QImage(path).size(), QSize(800, 600));
    QCOMPARE(asListed(View::Guest, image.id).downloadCount, 1);
}

void Contract::privateDownloadWantsSignIn()
{
    const Image image = uploaded(1, true);
    QCOMPARE(await(m_guest->downloadUrl(image.id)).error().kind, ErrorKind::SignInRequired);
    QCOMPARE(asListed(View::Owner, image.id).downloadCount, 0);
    const auto url = await(m_owner->downloadUrl(image.id));
    VERIFY_OK(url);
    QVERIFY(await(m_owner->fetch(*url, kLimit)));
}

void Contract::makingPrivateRevokesAddresses()
{
    const Image image = uploaded(1);
    const auto url = await(m_guest->downloadUrl(image.id));
    VERIFY_OK(url);
    QVERIFY(await(m_guest->fetch(*url, kLimit)));
    QVERIFY(await(m_owner->patch(image.id, 0, {{}, true})));
    QVERIFY(!await(m_guest->fetch(*url, kLimit)));
    QVERIFY(!await(m_guest->fetch(image.previewUrl, kLimit)));
}

void Contract::originalComesBackUnchanged()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({400, 300})), 6, true);
    const auto image = await(m_owner->upload(request(bytes), {}));
    VERIFY_OK(image);
    const QString path = m_directory->filePath(u"original.jpg"_s);
    const auto saved = await(m_owner->save(m_owner->originalUrl(image->id), path, {}));
    VERIFY_OK(saved);
    QCOMPARE(contentOf(path), bytes);
    QCOMPARE(saved->suggestedName, u"boat.jpg"_s);
    QCOMPARE(asListed(View::Owner, image->id).downloadCount, 0);
    const auto refused = await(m_guest->save(m_guest->originalUrl(image->id), path, {}));
    QCOMPARE(refused.error().kind, ErrorKind::SignInRequired);
}

void Contract::signInIsAskedFor_data()
{
    QTest::addColumn<access::Credential>("credential");
    QTest::newRow("guest") << access::Credential();
    QTest::newRow("wrong secret") << access::Credential(
        access::ServiceToken{u"nobody.access"_s, access::Secret("wrong")});
    QTest::newRow("nonsense token")
        << access::Credential(access::PersonToken{access::Secret("eyJhbGciOiJub25lIn0.e30.")});
}

void Contract::signInIsAskedFor()
{
    QFETCH(access::Credential, credential);
    const Image image = uploaded(1);
    m_guest->setServer(m_url, credential);
    constexpr auto signIn = ErrorKind::SignInRequired;
    const QByteArray large = test::jpeg(test::picture({1500, 1500}), 100);
    QCOMPARE(await(m_guest->images(View::Owner, {}, 1)).error().kind, signIn);
    QCOMPARE(await(m_guest->upload(request(large), {})).error().kind, signIn);
    QCOMPARE(await(m_guest->uploadOutcome(u"key"_s)).error().kind, signIn);
    QCOMPARE(await(m_guest->patch(image.id, 0, {{}, true})).error().kind, signIn);
    QCOMPARE(await(m_guest->remove(image.id)).error().kind, signIn);
    QVERIFY(await(m_guest->images(View::Guest, {}, 1)));
    QCOMPARE(asListed(View::Owner, image.id), image);
}

void Contract::everythingSurvivesARestart()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    QVERIFY(await(m_guest->downloadUrl(image->id)));
    startServer();
    const Image again = asListed(View::Owner, image->id);
    QCOMPARE(again.downloadCount, 1);
    QCOMPARE(again.alt, image->alt);
    const auto repeated = await(m_owner->upload(wanted, {}));
    VERIFY_OK(repeated);
    QCOMPARE(repeated->id, image->id);
}

QTEST_GUILESS_MAIN(Contract)
#include "tst_contract.moc"
