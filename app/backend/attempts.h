// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QByteArray>
#include <QHash>

#include <mutex>

namespace vitrine::backend {

/// Slows down who tries credentials: each refusal of one network address makes its next one wait
/// longer. A good credential never waits, so nobody can lock out another. Any thread.
class Attempts
{
public:
    /// \a clock must outlive it.
    explicit Attempts(const Clock& clock) : m_clock(clock) {}

    /// A credential from \a peer (a numeric address) was refused: how long to hold the answer back.
    std::chrono::milliseconds refused(const QByteArray& peer);

private:
    struct Record {
        int refusals = 0;
        std::chrono::milliseconds last{0};
    };

    void forget(std::chrono::milliseconds now);

    const Clock& m_clock;
    std::mutex m_mutex;
    QHash<QByteArray, Record> m_records; ///< under m_mutex; by network
};

} // namespace vitrine::backend
