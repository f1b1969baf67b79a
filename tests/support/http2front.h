// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace vitrine::test {

/// nginx as people put it before their own server: it ends TLS, speaks HTTP/2 with clients that do,
/// and hands every request on as it arrives.
class Http2Front
{
public:
    /// Takes a port that is free; start() listens there.
    Http2Front();
    ~Http2Front();

    /// Blocks until it answers; ends the program if it does not.
    void start(const QUrl& behind);

    QUrl url() const;
    /// "127.0.0.1:8443", as clients call it.
    QString authority() const { return url().authority(); }
    /// One line for each request that is through: "HTTP/2.0 GET /api/images 200".
    QByteArrayList requests() const;
    /// How many connections those came on.
    qsizetype connections() const;

private:
    QByteArrayList logged() const;

    QTemporaryDir m_directory;
    QProcess m_process;
    const quint16 m_port;
};

} // namespace vitrine::test
