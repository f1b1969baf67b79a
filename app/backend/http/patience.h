// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/context.h"

namespace vitrine::backend::http {

/// How far one client's connection is; first where closing it takes least from the client.
enum class Standing {
    Idle,     ///< it was answered and has not asked again, or its answer is held back
    Draining, ///< its last answer may still be on its way
    New,      ///< it has not sent a byte of its first request yet
    Asking,   ///< of the head of a request a part is here
    Busy,     ///< its request is being answered
};

/// How long one connection is waited for, and whether it gives way to others. What is past its
/// deadline the server closes from outside, because timers of the stream would cover neither
/// waiting for a descriptor nor sendfile. I/O thread.
class Patience
{
public:
    /// \a context must outlive it.
    explicit Patience(const Context& context)
        : m_context(context)
        , m_since(std::chrono::steady_clock::now())
        , m_deadline(context.after(context.limits.head))
    {}

    Time deadline() const { return m_deadline; }
    Standing standing() const { return m_standing; }
    /// Since when it stands so.
    Time since() const { return m_since; }

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

    void stand(Standing standing)
    {
        m_standing = standing;
        m_since = std::chrono::steady_clock::now();
    }

private:
    const Context& m_context;
    Standing m_standing = Standing::New;
    Time m_since;
    Time m_deadline;
};

} // namespace vitrine::backend::http
