// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <ctime>

namespace vitrine::bench {

/// Milliseconds by one of the system's clocks.
inline double now(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// How long this thread computed at most between two rounds of its event loop: so long a click has
/// to wait. CPU time: what else the machine does is not ours.
class BlockWatch
{
public:
    BlockWatch();
    double longest() const { return m_longest; } ///< ms

private:
    void beat();

    QTimer m_beat;
    double m_last = 0;
    double m_longest = 0;
};

} // namespace vitrine::bench
