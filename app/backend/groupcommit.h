// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/database.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace vitrine::backend {

/// Commits in one transaction what several threads write at the same time: they share its fsync,
/// which is most of what a commit costs. Everybody is told only when it is durable. Any thread.
class GroupCommit
{
public:
    /// Changes rows and says whether the changes shall stay. Called on whichever thread commits.
    using Work = std::function<bool(SQLite::Database&)>;

    explicit GroupCommit(storage::Database database) : m_database(std::move(database)) {}

    /// Runs \a work in a transaction that it may share with others, and blocks until that is
    /// durable. Work that fails takes back its own changes and nobody else's.
    /// Errors: what \a work throws, as storage::Database::guarded(); what the commit gives.
    Result<void> run(const Work& work);

private:
    /// One caller's work, while the caller waits for it.
    struct Turn {
        const Work& work;
        std::optional<Result<void>> outcome;
    };

    void commitWaiting(std::unique_lock<std::mutex>& lock);
    std::vector<Result<void>> commit(const std::vector<Turn*>& batch);
    Result<void> attempt(SQLite::Database& database, const Work& work);

    std::mutex m_mutex;
    std::condition_variable m_committed;
    std::vector<Turn*> m_waiting; // under m_mutex
    bool m_isCommitting = false;  // under m_mutex
    storage::Database m_database; // of the thread that set m_isCommitting
};

} // namespace vitrine::backend
