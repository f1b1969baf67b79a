// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/backend/server.h"
#include "tests/support/futures.h"
#include "tests/support/referenceserver.h"
#include "tests/support/sandbox.h"
#include "tests/support/serverprocess.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

namespace vitrine::test {

/// Counts what leaves.
class CountingNetwork final : public QNetworkAccessManager
{
public:
    int requests() const { return m_requests; }

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override
    {
        ++m_requests;
        return QNetworkAccessManager::createRequest(operation, request, body);
    }

private:
    int m_requests = 0;
};

/// Base of tests of what client and server promise each other; every promise against the backend in
/// this process, against `vitrinectl serve`, bare and under TLS, and against the original platform
/// as its recorded answers show it. What to expect of a server follows from what it says that it
/// can, as the client understood it: which that is, is a promise of its own.
class ContractFixture : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Here, Process, Reference };

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();

protected:
    using Feature = protocol::Capabilities::Feature;

    static constexpr qint64 kLimit = 20'000'000;   ///< of a preview
    static constexpr qint64 kMaxBytes = 2'000'000; ///< of an upload to a server of ours

    /// Again over the same data, if it was started before.
    void startServer();
    api::UploadRequest request(const QByteArray& bytes,
                               const QString& name = QStringLiteral("boat.jpg")) const;
    /// As the owner sees it afterwards; nothing of it if that failed.
    protocol::Image uploaded(const api::UploadRequest& request);
    protocol::Image uploaded(int seed, bool isPrivate = false);
    /// All pages, in the server's order.
    QList<protocol::Image> listed(api::View view, int limit = 1000);
    /// Empty if it is not listed.
    protocol::Image asListed(api::View view, const QString& id);
    /// Without what its address is signed with, which changes with the hour.
    static protocol::Image lasting(protocol::Image image);

    bool can(Feature feature) const { return m_greeting.capabilities.has(feature); }
    /// It tells of itself, as all of ours do, and says more of each image and of what it refuses.
    bool isStated() const { return m_greeting.capabilities.isStated; }

    /// What comes of \a deed on a server that has \a feature. Nothing on one that has not: there
    /// the test fails unless the client refuses it as Unsupported, without a byte sent.
    template <typename Deed>
    auto tried(Feature feature, Deed deed)
    {
        const int before = m_network->requests();
        const auto result = await(deed());
        std::optional<std::remove_const_t<decltype(result)>> done;
        if (can(feature))
            done = result;
        else
            verifyRefusedHere(result ? std::nullopt : std::optional(result.error().kind), before);
        return done;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QUrl m_url;
    api::Greeting m_greeting;
    std::unique_ptr<api::ApiClient> m_owner;
    std::unique_ptr<api::ApiClient> m_guest;

private:
    access::Credential start();
    access::Credential startHere(const QString& directory);
    access::Credential startProcess(const QString& directory);
    access::Credential startReference();
    void verifyRefusedHere(std::optional<ErrorKind> kind, int requestsBefore);

    const decoding::SandboxedPictureReader m_pictures{sandboxTerms()};
    std::unique_ptr<backend::Server> m_server;
    std::unique_ptr<ServerProcess> m_process;
    std::unique_ptr<ReferenceServer> m_reference;
    std::unique_ptr<CountingNetwork> m_network;
};

} // namespace vitrine::test
