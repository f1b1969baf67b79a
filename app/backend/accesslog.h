// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"
#include "app/base/result.h"

#include <QDateTime>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace vitrine::backend {

/// One line for each answer, as a JSON object: time, peer, method, route, status, bytes,
/// milliseconds, complete. A route is the pattern that the path matched and never the path, so that
/// no identifier, key, signature, name or text can stand in a line. Any thread.
class AccessLog
{
public:
    /// Appends to the file at \a path (made 0600); "-" is standard error.
    /// Errors: as fileError().
    static Result<std::unique_ptr<AccessLog>> open(const QString& path);
    /// Writes what is left.
    ~AccessLog();
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    struct Entry {
        QDateTime time; ///< UTC
        QByteArray peer;
        QByteArray method;
        QByteArray route;
        http::Served served;
    };
    /// Never waits for the disk: what a slow disk cannot take is dropped, and the log says so.
    void add(Entry entry);

private:
    AccessLog(int descriptor, bool isOwned);
    void writeLoop();

    const int m_descriptor;
    const bool m_isOwned; ///< to be closed at the end
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Entry> m_waiting; // these under m_mutex
    quint64 m_dropped = 0;
    bool m_isEnding = false;
    std::thread m_writer;
};

} // namespace vitrine::backend
