// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/backend/persontokens.h"
#include "app/backend/server.h"
#include "app/backend/servicetokens.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

namespace vitrine::test {

/// The real embedded backend on a free port over a directory of its own, and a client that is
/// signed in to it.
class LocalServer
{
public:
    /// \a pictures must outlive it.
    explicit LocalServer(const imaging::PictureReader& pictures)
        : m_pictures(pictures), m_client(m_network)
    {
        start();
    }

    void start(quint16 port = 0, const QList<backend::FaultRule>& faults = {})
    {
        backend::ServerOptions options;
        options.faults = faults;
        options.dataDirectory = m_directory.path();
        options.port = port;
        auto started = backend::Server::start(options, m_pictures);
        if (!started)
            qFatal("the backend did not start: %s", qPrintable(started.error().detail));
        m_server = *std::move(started);
        m_client.setServer(m_server->url(), newToken());
    }
    /// Gone, as after a crash; start() brings it back with the same data.
    void stop() { m_server.reset(); }

    QUrl url() const { return m_server->url(); }
    api::ApiClient& client() { return m_client; }
    access::Credential newToken() const
    {
        return backend::issueServiceToken(m_directory.path(), QStringLiteral("test"),
                                          backend::TokenLife::Kept)
            .value();
    }

    access::Secret newPersonToken(const QString& email, std::chrono::hours life) const
    {
        return backend::issuePersonToken(m_directory.path(), email, life).value();
    }
    /// Whoever has it gets no further from now on.
    void revoke(const access::Credential& credential)
    {
        const QString id = std::get<access::ServiceToken>(credential).clientId;
        if (!backend::revokeServiceToken(m_directory.path(), id))
            qFatal("the token could not be revoked");
    }

private:
    const imaging::PictureReader& m_pictures;
    QTemporaryDir m_directory;
    QNetworkAccessManager m_network;
    std::unique_ptr<backend::Server> m_server;
    api::ApiClient m_client;
};

} // namespace vitrine::test
