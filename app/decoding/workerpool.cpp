// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/workerpool.h"

namespace vitrine::decoding {

Result<WorkerPool::Lease> WorkerPool::lease()
{
    if (auto idle = waitForTurn())
        return Lease(*this, std::move(idle));
    auto started = WorkerProcess::start(m_terms);
    if (started)
        return Lease(*this, *std::move(started));
    giveBack(nullptr);
    return failure(started.error());
}

/// Takes a place and, where there is one, a worker that waits for a job; null: one is to be
/// started.
std::unique_ptr<WorkerProcess> WorkerPool::waitForTurn()
{
    std::unique_lock lock(m_mutex);
    m_someoneIsFree.wait(lock, [this] { return m_free > 0; });
    --m_free;
    if (m_idle.empty())
        return nullptr;
    auto worker = std::move(m_idle.back());
    m_idle.pop_back();
    return worker;
}

void WorkerPool::giveBack(std::unique_ptr<WorkerProcess> worker)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_free;
        if (worker && worker->isAlive() && !worker->isSpent())
            m_idle.push_back(std::move(worker));
    }
    m_someoneIsFree.notify_one();
}

} // namespace vitrine::decoding
