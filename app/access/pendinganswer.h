// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QPromise>

#include <memory>

namespace vitrine::access {

/// A keyring's answer that comes late, or never: whoever finishes it first is heard. Copies share
/// it. On one thread.
template <typename T>
class PendingAnswer
{
public:
    PendingAnswer() { m_promise->start(); }

    QFuture<Result<T>> future() const { return m_promise->future(); }

    void finish(const Result<T>& result) const
    {
        if (future().isFinished())
            return;
        m_promise->addResult(result);
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<Result<T>>> m_promise = std::make_shared<QPromise<Result<T>>>();
};

} // namespace vitrine::access
