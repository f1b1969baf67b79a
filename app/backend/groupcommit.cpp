// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/groupcommit.h"

#include <SQLiteCpp/Savepoint.h>

namespace vitrine::backend {

Result<void> GroupCommit::run(const Work& work)
{
    Turn turn{work, std::nullopt};
    std::unique_lock lock(m_mutex);
    m_waiting.push_back(&turn);
    m_committed.wait(lock, [&] { return turn.outcome || !m_isCommitting; });
    if (!turn.outcome)
        commitWaiting(lock);
    return *turn.outcome;
}

/// Commits what has gathered by now, the caller's own work among it; others gather meanwhile.
void GroupCommit::commitWaiting(std::unique_lock<std::mutex>& lock)
{
    m_isCommitting = true;
    const std::vector<Turn*> batch = std::exchange(m_waiting, {});
    lock.unlock();
    const std::vector<Result<void>> outcomes = commit(batch);
    lock.lock();
    for (size_t i = 0; i < batch.size(); ++i)
        batch[i]->outcome = outcomes[i];
    m_isCommitting = false;
    m_committed.notify_all();
}

std::vector<Result<void>> GroupCommit::commit(const std::vector<Turn*>& batch)
{
    std::vector<Result<void>> outcomes;
    const auto committed = m_database.transaction([&](SQLite::Database& database) -> Result<void> {
        for (const Turn* turn : batch) {
            outcomes.push_back(attempt(database, turn->work));
            // A full disk, for one, takes back the whole transaction. Whatever came after would
            // be committed on its own.
            if (!m_database.isInTransaction())
                return outcomes.back();
        }
        return {};
    });
    if (!committed)
        outcomes.assign(batch.size(), committed);
    return outcomes;
}

Result<void> GroupCommit::attempt(SQLite::Database& database, const Work& work)
{
    try {
        return storage::Database::guarded([&]() -> Result<void> {
            SQLite::Savepoint own(database, "own");
            if (work(database))
                own.release();
            return {};
        });
    } catch (const std::exception& exception) { // others wait for this thread
        return failure(ErrorKind::Internal, QString::fromLocal8Bit(exception.what()));
    }
}

} // namespace vitrine::backend
