// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/database.h"

#include <QFuture>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <optional>

namespace vitrine::storage {

/// A Database on a thread of its own: work goes in from any thread, in order, and comes back as
/// a future. The file is opened with the first work; if that fails, every work gets the error.
class DatabaseThread
{
public:
    /// \a migrations must outlive this object (a static table).
    DatabaseThread(QString path, std::span<const Migration> migrations);
    /// Waits for what was handed in.
    ~DatabaseThread();
    DatabaseThread(const DatabaseThread&) = delete;
    DatabaseThread& operator=(const DatabaseThread&) = delete;

    /// \a work takes SQLite::Database&, returns a Result<T>, and runs in one transaction.
    template <typename Work>
    auto run(Work work) -> QFuture<std::invoke_result_t<Work, SQLite::Database&>>
    {
        using Outcome = std::invoke_result_t<Work, SQLite::Database&>;
        return QtConcurrent::run(&m_thread, [this, work = std::move(work)]() mutable -> Outcome {
            if (auto opened = ensureOpen(); !opened)
                return failure(opened.error());
            return m_database->transaction(work);
        });
    }

private:
    Result<void> ensureOpen();

    const QString m_path;
    const std::span<const Migration> m_migrations;
    std::optional<Database> m_database; // touched on m_thread alone
    QThreadPool m_thread;
};

} // namespace vitrine::storage
