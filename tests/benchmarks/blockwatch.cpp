// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/blockwatch.h"

#include <algorithm>

namespace vitrine::bench {

BlockWatch::BlockWatch() : m_last(now(CLOCK_THREAD_CPUTIME_ID))
{
    QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] { beat(); });
    m_beat.start(1);
}

void BlockWatch::beat()
{
    const double spent = now(CLOCK_THREAD_CPUTIME_ID);
    m_longest = std::max(m_longest, spent - m_last);
    m_last = spent;
}

} // namespace vitrine::bench
