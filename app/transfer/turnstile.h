// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QPromise>

#include <deque>

namespace vitrine::transfer {

/// Lets so many in at once; whoever finds no room waits for its turn. One thread.
class Turnstile
{
public:
    explicit Turnstile(int width) : m_width(width) {}

    /// Who is in beyond a smaller width stays.
    void setWidth(int width);
    /// Finishes when there is room, which is taken until leave(). Errors: Cancelled (turned away:
    /// there is nothing to leave). The future itself is cancelled when the turnstile goes.
    QFuture<Result<void>> enter();
    void leave();
    /// All that wait, none of those that are in.
    void turnAway();

    bool isFull() const { return m_inside >= m_width; }

private:
    void letIn();
    void answerFirst(const Result<void>& answer);

    int m_width;
    int m_inside = 0;
    std::deque<QPromise<Result<void>>> m_waiting;
};

} // namespace vitrine::transfer
