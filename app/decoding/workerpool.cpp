// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/workerpool.h"

namespace vitrine::decoding {

Result<WorkerPool::Lease> WorkerPool::lease(bool isPatient)
{
    Places& places = isPatient ? m_patient : m_usual;
    if (auto idle = waitForTurn(places))
        return Lease(*this, places, std::move(idle));
    auto worker = makeWorker();
    if (!worker) {
        giveBack(places, nullptr);
        return failure(worker.error());
    }
    if (isPatient)
        (*worker)->yieldToOthers();
    return Lease(*this, places, *std::move(worker));
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
std::unique_ptr<WorkerProcess> WorkerPool::waitForTurn(Places& places)
{
    std::vector<std::unique_ptr<WorkerProcess>> spent; // ended without the lock
    std::unique_lock lock(m_mutex);
    m_someoneIsFree.wait(lock, [&] { return places.free > 0; });
    --places.free;
    while (!places.idle.empty()) {
        auto worker = std::move(places.idle.back());
        places.idle.pop_back();
        if (!worker->isSpent())
            return worker;
        spent.push_back(std::move(worker));
    }
    return nullptr;
}

void WorkerPool::giveBack(Places& places, std::unique_ptr<WorkerProcess> worker)
{
    {
        const std::lock_guard lock(m_mutex);
        ++places.free;
        if (worker && worker->isAlive() && !worker->isSpent())
            places.idle.push_back(std::move(worker));
    }
    m_someoneIsFree.notify_all(); // of those who wait not all wait for such a one
}

} // namespace vitrine::decoding
