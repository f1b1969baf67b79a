// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/backend/server.h"
#include "tests/support/sandbox.h"
#include "tests/support/serverprocess.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

namespace vitrine::test {

/// Base of tests of what client and backend promise each other, word for word on the wire; every
/// promise against the backend in this process and against `vitrinectl serve`, bare and under TLS.
class ContractFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();

protected:
    static constexpr qint64 kLimit = 20'000'000;   ///< of a preview
    static constexpr qint64 kMaxBytes = 2'000'000; ///< of an upload

    /// Again over the same data, if it was started before.
    void startServer();
    api::UploadRequest request(const QByteArray& bytes,
                               const QString& name = QStringLiteral("boat.jpg")) const;
    protocol::Image uploaded(int seed, bool isPrivate = false);
    /// Empty if it is not listed.
    protocol::Image asListed(api::View view, const QString& id);

    std::unique_ptr<QTemporaryDir> m_directory;
    QUrl m_url;
    std::unique_ptr<api::ApiClient> m_owner;
    std::unique_ptr<api::ApiClient> m_guest;

private:
    access::Credential startHere(const QString& directory);
    access::Credential startProcess(const QString& directory);

    const decoding::SandboxedPictureReader m_pictures{sandboxTerms()};
    std::unique_ptr<backend::Server> m_server;
    std::unique_ptr<ServerProcess> m_process;
    std::unique_ptr<QNetworkAccessManager> m_network;
};

QByteArray contentOf(const QString& path);

} // namespace vitrine::test
