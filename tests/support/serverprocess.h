// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QUrl>

namespace vitrine::test {

/// A real `vitrinectl serve` over a data directory, with a HOME of its own beside that.
class ServerProcess
{
public:
    /// \a dataDirectory may be missing; its parent is there.
    explicit ServerProcess(QString dataDirectory, QStringList options = {});
    ~ServerProcess();

    /// Blocks until it answers; ends the test if it does not.
    void start();
    /// SIGKILL, at whatever it is doing.
    void kill();
    /// SIGTERM; the exit code.
    int stop();

    bool isRunning() const { return m_process.state() == QProcess::Running; }
    QUrl url() const { return m_url; }
    quint16 port() const { return quint16(m_url.port()); }
    QString clientId() const { return m_clientId; }
    QByteArray clientSecret() const { return m_clientSecret; }
    /// Header lines of the owner's service token.
    QByteArray credentials() const;
    qint64 processId() const { return m_process.processId(); }

private:
    const QString m_dataDirectory;
    const QStringList m_options;
    QProcess m_process;
    QUrl m_url;
    QString m_clientId;
    QByteArray m_clientSecret;
};

/// What a process of this machine has used so far.
struct ProcessUse {
    double cpuMilliseconds = 0; ///< user and system, all threads
    qint64 residentBytes = 0;   ///< now
};
ProcessUse useOf(qint64 processId);

} // namespace vitrine::test
