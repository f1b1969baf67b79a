// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/context.h"

namespace vitrine::backend::http {

/// How long one connection is waited for. What is past its deadline the server closes from outside,
/// because timers of the stream would cover neither waiting for a descriptor nor sendfile. I/O
/// thread.
class Patience
{
public:
    /// \a context must outlive it.
    explicit Patience(const Context& context)
        : m_context(context)
        , m_idleSince(std::chrono::steady_clock::now())
        , m_deadline(context.after(context.limits.head))
    {}

    Time deadline() const { return m_deadline; }
    /// Nothing of a request is here: closing the connection takes nothing from anybody.
    bool isIdle() const { return m_isIdle; }
    Time idleSince() const { return m_idleSince; }

    /// Something must happen within \a limit.
    void limitTo(std::chrono::milliseconds limit) { m_deadline = m_context.after(limit); }
    /// It is the application's turn, not the client's.
    void suspend() { m_deadline = m_context.stopAt; }
    /// \a moved bytes of a body came or went since \a start: is the client fast enough?
    void keepPace(Time start, qint64 moved)
    {
        const std::chrono::seconds earned(moved / m_context.limits.bytesPerSecond);
        limitTo(m_context.limits.stall);
        m_deadline = std::min(m_deadline, start + 2 * m_context.limits.stall + earned);
    }
    /// The server stops: its end is also that of the present wait.
    void hurry() { m_deadline = std::min(m_deadline, m_context.stopAt); }

    void beginIdling()
    {
        m_isIdle = true;
        m_idleSince = std::chrono::steady_clock::now();
    }
    /// Returns whether it was idle.
    bool endIdling() { return std::exchange(m_isIdle, false); }

private:
    const Context& m_context;
    bool m_isIdle = true;
    Time m_idleSince;
    Time m_deadline;
};

} // namespace vitrine::backend::http
