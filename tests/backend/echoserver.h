// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/httpserver.h"
#include "tests/backend/echoapplication.h"

#include <QTest>

namespace vitrine::test {

/// Base of tests of the HTTP server: for each test one in this process that echoes, with limits
/// that a test can wait for.
class EchoServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    /// Begins anew, with limits that no test outlasts.
    void servePatiently();
    /// What the server says to \a bytes until it ends the connection.
    QByteArray ask(const QByteArray& bytes);
    QByteArray host() const; ///< a right Host field
    QByteArray request(const QByteArray& line, const QByteArray& fields = {}) const;

    QByteArray m_content; ///< of the file that it gives out
    std::unique_ptr<EchoApplication> m_echo;
    std::unique_ptr<backend::http::HttpServer> m_server;

private:
    void serve(const backend::http::ServerLimits& limits);
};

} // namespace vitrine::test
