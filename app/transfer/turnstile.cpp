// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/turnstile.h"

namespace vitrine::transfer {

void Turnstile::setWidth(int width)
{
    m_width = width;
    letIn();
}

QFuture<Result<void>> Turnstile::enter()
{
    QPromise<Result<void>>& promise = m_waiting.emplace_back();
    promise.start();
    auto entered = promise.future();
    letIn();
    return entered;
}

void Turnstile::leave()
{
    --m_inside;
    letIn();
}

void Turnstile::turnAway()
{
    for (auto left = m_waiting.size(); left > 0; --left)
        answerFirst(failure(ErrorKind::Cancelled));
}

void Turnstile::letIn()
{
    while (!isFull() && !m_waiting.empty()) {
        ++m_inside;
        answerFirst({});
    }
}

void Turnstile::answerFirst(const Result<void>& answer)
{
    auto first = std::move(m_waiting.front());
    m_waiting.pop_front();
    first.addResult(answer);
    first.finish();
}

} // namespace vitrine::transfer
