// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractfixture.h"

#include "app/backend/servicetokens.h"
#include "tests/support/contentof.h"
#include "tests/support/pictures.h"
#include "tests/support/tlsfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslConfiguration>
#include <QUuid>

#include <algorithm>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using api::ApiClient;
using api::UploadRequest;
using api::View;
using protocol::Image;

void ContractFixture::initTestCase_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("in this process") << Kind::Here << QStringList();
    QTest::newRow("vitrinectl serve") << Kind::Process << QStringList();
    QTest::newRow("vitrinectl serve over TLS") << Kind::Process << tlsOptions();
    QTest::newRow("the reference") << Kind::Reference << QStringList();
}

void ContractFixture::initTestCase()
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    QVERIFY(configuration.addCaCertificates(tlsFile("ca.pem")));
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void ContractFixture::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_network = std::make_unique<CountingNetwork>();
    startServer();
}

void ContractFixture::cleanup()
{
    m_owner.reset();
    m_guest.reset();
    m_network.reset();
    m_server.reset();
    m_process.reset();
    m_reference.reset();
}

void ContractFixture::startServer()
{
    const access::Credential owner = start();
    m_owner = std::make_unique<ApiClient>(*m_network, *m_network);
    m_owner->setServer(m_url, owner);
    m_guest = std::make_unique<ApiClient>(*m_network, *m_network);
    m_guest->setServer(m_url, {});
    VERIFY_OK(await(m_guest->greet()));
    const auto greeting = await(m_owner->greet());
    VERIFY_OK(greeting);
    m_greeting = *greeting;
}

access::Credential ContractFixture::start()
{
    m_server.reset();
    m_process.reset();
    const QString directory = m_directory->filePath(u"backend"_s);
    QFETCH_GLOBAL(Kind, kind);
    if (kind == Kind::Reference)
        return startReference();
    return kind == Kind::Process ? startProcess(directory) : startHere(directory);
}

access::Credential ContractFixture::startHere(const QString& directory)
{
    backend::ServerOptions options;
    options.dataDirectory = directory;
    options.maxBytes = kMaxBytes;
    m_server = backend::Server::start(options, m_pictures).value();
    m_url = m_server->url();
    return backend::issueServiceToken(directory, u"contract"_s, backend::TokenLife::ThisRun)
        .value();
}

access::Credential ContractFixture::startProcess(const QString& directory)
{
    QFETCH_GLOBAL(QStringList, options);
    m_process = std::make_unique<ServerProcess>(
        directory, options + QStringList{u"--max-bytes"_s, QString::number(kMaxBytes)});
    m_process->start();
    m_url = m_process->url();
    return access::ServiceToken{m_process->clientId(), access::Secret(m_process->clientSecret())};
}

access::Credential ContractFixture::startReference()
{
    const auto items = m_reference ? m_reference->items() : QList<ReferenceServer::Item>();
    m_reference = std::make_unique<ReferenceServer>(items);
    m_url = m_reference->url();
    return access::ServiceToken{QString::fromLatin1(ReferenceServer::kClientId),
                                access::Secret(ReferenceServer::kClientSecret)};
}

UploadRequest ContractFixture::request(const QByteArray& bytes, const QString& name) const
{
    UploadRequest request;
    request.idempotencyKey = QUuid::createUuid().toString(QUuid::WithoutBraces);
    request.file = writeTo(m_directory->path(), request.idempotencyKey, bytes);
    request.name = name;
    request.type = u"image/jpeg"_s;
    request.alt = u"A boat"_s;
    request.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return request;
}

// A server without keys does not tell which image it made of an upload: it is the one more.
Image ContractFixture::uploaded(const UploadRequest& request)
{
    const auto before = can(Feature::Idempotency) ? QList<Image>() : listed(View::Owner);
    const auto image = await(m_owner->upload(request, {}));
    if (!image)
        qWarning("the upload failed: %s", qPrintable(image.error().detail));
    if (!image || can(Feature::Idempotency))
        return image.value_or(Image());
    for (const Image& now : listed(View::Owner)) {
        const auto isNow = [&](const Image& other) { return other.id == now.id; };
        if (std::none_of(before.begin(), before.end(), isNow))
            return now;
    }
    return {};
}

Image ContractFixture::uploaded(int seed, bool isPrivate)
{
    UploadRequest wanted = request(jpeg(picture({800, 600}, seed)));
    wanted.isPrivate = isPrivate;
    return uploaded(wanted);
}

QList<Image> ContractFixture::listed(View view, int limit)
{
    constexpr int kMostPages = 100;
    ApiClient& client = view == View::Owner ? *m_owner : *m_guest;
    QList<Image> images;
    QString cursor;
    for (int i = 0; i == 0 || (!cursor.isEmpty() && i < kMostPages); ++i) {
        const auto page = await(client.images(view, cursor, limit));
        if (!page) {
            qWarning("a page is missing: %s", qPrintable(page.error().detail));
            return {};
        }
        images += page->images;
        cursor = page->cursor;
    }
    return images;
}

Image ContractFixture::asListed(View view, const QString& id)
{
    for (const Image& image : listed(view)) {
        if (image.id == id)
            return image;
    }
    return {};
}

Image ContractFixture::lasting(Image image)
{
    image.previewUrl.setQuery(QString());
    return image;
}

void ContractFixture::verifyRefusedHere(std::optional<ErrorKind> kind, int requestsBefore)
{
    QVERIFY(kind == ErrorKind::Unsupported);
    QCOMPARE(m_network->requests(), requestsBefore);
}

} // namespace vitrine::test
