// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/workerpool.h"

namespace vitrine::decoding {

Result<WorkerPool::Lease> WorkerPool::lease()
{
    if (auto idle = waitForTurn())
        return Lease(*this, std::move(idle));
    auto worker = makeWorker();
    if (worker)
        return Lease(*this, *std::move(worker));
    giveBack(nullptr);
    return failure(worker.error());
}

Result<std::unique_ptr<WorkerProcess>> WorkerPool::makeWorker()
{
    const std::lock_guard lock(m_zygoteMutex);
    if (m_zygote) {
        if (auto worker = m_zygote->fork())
            return worker;
    }
    auto zygote = Zygote::start(m_terms); // the first, or the one before has died
    if (!zygote)
        return failure(zygote.error());
    m_zygote = *std::move(zygote);
    return m_zygote->fork();
}

/// Takes a place and, where there is one, a worker that waits for a job; null: one is to be
/// made.
std::unique_ptr<WorkerProcess> WorkerPool::waitForTurn()
{
    std::vector<std::unique_ptr<WorkerProcess>> spent; // ended without the lock
    std::unique_lock lock(m_mutex);
    m_someoneIsFree.wait(lock, [this] { return m_free > 0; });
    --m_free;
    while (!m_idle.empty()) {
        auto worker = std::move(m_idle.back());
        m_idle.pop_back();
        if (!worker->isSpent())
            return worker;
        spent.push_back(std::move(worker));
    }
    return nullptr;
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
