// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/zygote.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace vitrine::decoding {

/// Some workers, and the zygote that they come from: made when they are first needed, and again
/// when they are spent or have died. Any thread.
class WorkerPool
{
public:
    WorkerPool(WorkerTerms terms, int size) : m_terms(std::move(terms)), m_free(size) {}

    /// A worker for one job; goes back to the pool by itself, if it is alive then and not spent.
    class Lease
    {
    public:
        Lease(WorkerPool& pool, std::unique_ptr<WorkerProcess> worker)
            : m_pool(&pool), m_worker(std::move(worker))
        {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease()
        {
            if (m_worker)
                m_pool->giveBack(std::move(m_worker));
        }
        WorkerProcess* operator->() const { return m_worker.get(); }

    private:
        WorkerPool* m_pool;
        std::unique_ptr<WorkerProcess> m_worker;
    };

    /// Waits while all are busy. Errors: as Zygote::start().
    Result<Lease> lease();

private:
    std::unique_ptr<WorkerProcess> waitForTurn();
    Result<std::unique_ptr<WorkerProcess>> makeWorker();
    void giveBack(std::unique_ptr<WorkerProcess> worker);

    const WorkerTerms m_terms;
    std::mutex m_mutex;
    std::condition_variable m_someoneIsFree;
    int m_free; // how many more may be busy
    std::vector<std::unique_ptr<WorkerProcess>> m_idle;

    std::mutex m_zygoteMutex; // never taken with the other one
    std::unique_ptr<Zygote> m_zygote;
};

} // namespace vitrine::decoding
