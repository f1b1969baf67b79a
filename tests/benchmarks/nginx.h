// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace vitrine::bench {

/// nginx with one worker over a folder, as it delivers small files best: sendfile, open files kept,
/// no log.
class Nginx
{
public:
    /// Blocks until it answers; ends the program if it does not.
    explicit Nginx(const QString& root);
    ~Nginx();

    quint16 port() const { return m_port; }
    qint64 processId() const { return m_process.processId(); }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace vitrine::bench
