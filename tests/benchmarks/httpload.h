// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/serverprocess.h"

#include <QTemporaryDir>
#include <QUrl>

namespace vitrine::bench {

/// What wrk saw of one server, and what the server spent on it.
struct LoadResult {
    double requestsPerSecond = 0;
    double p50 = 0;           ///< milliseconds
    double p99 = 0;           ///< milliseconds
    double cpuPerRequest = 0; ///< the server's CPU time, microseconds
};

/// Makes a file; ends the program if that cannot be.
void write(const QString& path, const QByteArray& bytes);

/// Closed-loop load from wrk (Debian's package): every connection asks again as soon as it has its
/// answer.
class HttpLoad
{
public:
    HttpLoad();

    /// Asks for \a targets ("path?query") in turn over \a connections for \a seconds. Ends the
    /// program if an answer is no success or redirect.
    LoadResult run(quint16 port, const QList<QByteArray>& targets, int connections, int seconds,
                   qint64 serverProcess);

private:
    QString script(const QList<QByteArray>& targets);

    QTemporaryDir m_directory;
};

} // namespace vitrine::bench
