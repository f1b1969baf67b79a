// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractfixture.h"

#include "app/backend/servicetokens.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/tlsfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslConfiguration>
#include <QUuid>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using api::ApiClient;
using api::UploadRequest;
using api::View;
using protocol::Image;

void ContractFixture::initTestCase_data()
{
    QTest::addColumn<bool>("isProcess");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("in this process") << false << QStringList();
    QTest::newRow("vitrinectl serve") << true << QStringList();
    QTest::newRow("vitrinectl serve over TLS") << true << tlsOptions();
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
    m_network = std::make_unique<QNetworkAccessManager>();
    startServer();
}

void ContractFixture::cleanup()
{
    m_owner.reset();
    m_guest.reset();
    m_network.reset();
    m_server.reset();
    m_process.reset();
}

void ContractFixture::startServer()
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

Image ContractFixture::uploaded(int seed, bool isPrivate)
{
    UploadRequest wanted = request(jpeg(picture({800, 600}, seed)));
    wanted.isPrivate = isPrivate;
    const auto image = await(m_owner->upload(wanted, {}));
    if (!image)
        qWarning("the upload failed: %s", qPrintable(image.error().detail));
    return image.value_or(Image());
}

Image ContractFixture::asListed(View view, const QString& id)
{
    const auto page = await((view == View::Owner ? m_owner : m_guest)->images(view, {}, 1000));
    for (const Image& image : page.value_or(protocol::Page()).images) {
        if (image.id == id)
            return image;
    }
    return {};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace vitrine::test
