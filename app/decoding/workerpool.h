// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/zygote.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace vitrine::decoding {

/// Some workers, and the zygote that they come from: made when they are first needed, and again
/// when they are spent or have died. One more is there for what nobody waits for: it yields the
/// processor to all others, for all its life, for only root may take that back. Any thread.
class WorkerPool
{
    struct Places {
        int free; // how many more may be busy
        std::vector<std::unique_ptr<WorkerProcess>> idle;
    };

public:
    WorkerPool(WorkerTerms terms, int size) : m_terms(std::move(terms)), m_usual{size, {}} {}

    /// A worker for one job; goes back to the pool by itself, if it is alive then and not spent.
    class Lease
    {
    public:
        Lease(WorkerPool& pool, Places& places, std::unique_ptr<WorkerProcess> worker)
            : m_pool(&pool), m_places(&places), m_worker(std::move(worker))
        {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease()
        {
            if (m_worker)
                m_pool->giveBack(*m_places, std::move(m_worker));
        }
        WorkerProcess* operator->() const { return m_worker.get(); }

    private:
        WorkerPool* m_pool;
        Places* m_places;
        std::unique_ptr<WorkerProcess> m_worker;
    };

    /// Waits while all are busy. \a isPatient: for what nobody waits for. Errors: as
    /// Zygote::start().
    Result<Lease> lease(bool isPatient);

private:
    std::unique_ptr<WorkerProcess> waitForTurn(Places& places);
    Result<std::unique_ptr<WorkerProcess>> makeWorker();
    void giveBack(Places& places, std::unique_ptr<WorkerProcess> worker);

    const WorkerTerms m_terms;
    std::mutex m_mutex;
    std::condition_variable m_someoneIsFree;
    Places m_usual;
    Places m_patient{1, {}};

    std::mutex m_zygoteMutex; // never taken with the other one
    std::unique_ptr<Zygote> m_zygote;
};

} // namespace vitrine::decoding
