// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"

#include <QJsonArray>
#include <QTemporaryDir>

namespace vitrine::test {

/// The backend inside this process, on a port and in a directory of its own, and an owner's token.
class RunningServer
{
public:
    /// The usual ones, over this directory.
    backend::ServerOptions options() const;
    void start() { start(options()); }
    /// Ends the test program where it does not start.
    void start(const backend::ServerOptions& wanted);
    /// What was done stays in the directory.
    void stop() { m_server.reset(); }

    backend::Server& server() const { return *m_server; }
    quint16 port() const { return m_port; } ///< that it listens on, whatever its address says
    /// Fields for a request: the owner's.
    const QByteArray& credentials() const { return m_credentials; }
    static QByteArray credentials(const access::ServiceToken& token);
    QString path(const QString& name) const { return m_directory.filePath(name); }
    const imaging::PictureReader& pictures() const { return m_pictures; }

    /// One request on a connection of its own, and its answer to the end. \a line: "GET /path".
    QByteArray ask(const QByteArray& line, const QByteArray& fields = {},
                   const QByteArray& body = {}) const;
    /// The bytes of such a request, after which the connection ends.
    QByteArray request(const QByteArray& line, const QByteArray& fields,
                       const QByteArray& body) const;
    /// As the owner. \a key: the Idempotency-Key.
    QByteArray upload(const QByteArray& picture, const QByteArray& key) const;
    /// The fields of upload() but the key.
    QByteArray uploadFields() const;
    QJsonArray listing() const; ///< a guest's

private:
    const imaging::InProcessPictureReader m_pictures;
    QTemporaryDir m_directory;
    std::unique_ptr<backend::Server> m_server;
    quint16 m_port = 0;
    QByteArray m_credentials;
};

QByteArray bodyOf(const QByteArray& answer);

} // namespace vitrine::test
