// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/parallelism.h"

#include <algorithm>

namespace vitrine::transfer {
namespace {

using namespace std::chrono_literals;

// Judged over so many of each that is under way, and so long, that single ones do not decide.
constexpr int kOfEach = 4;
constexpr auto kShortest = 250ms;
constexpr double kNoticeable = 0.05;

} // namespace

void Parallelism::arrived(qint64 bytes, bool isFull, Moment now)
{
    if (!isFull || m_since < 0ms)
        return startOver(now);
    m_bytes += bytes;
    ++m_count;
    const auto time = now - m_since;
    if (m_count < kOfEach * m_atOnce || time < kShortest)
        return;
    judge(double(m_bytes) / double(time.count()));
    startOver(now);
}

void Parallelism::lost()
{
    *this = Parallelism();
    m_atOnce = kFewest;
}

void Parallelism::judge(double rate)
{
    if (m_rateBefore == 0) { // twice as many, to see what the line is (RFC 5681's slow start)
        m_rateBefore = rate;
        m_atOnce = std::min(2 * m_atOnce, kMost);
        return;
    }
    const bool isBetter = rate > m_rateBefore * (1 + kNoticeable);
    const bool isWorse = rate < m_rateBefore * (1 - kNoticeable);
    if (isWorse)
        m_step = -m_step;
    else if (!isBetter) // more of them carry no more
        m_step = -1;
    m_rateBefore = rate;
    m_atOnce = std::clamp(m_atOnce + m_step, kFewest, kMost);
}

void Parallelism::startOver(Moment now)
{
    m_since = now;
    m_bytes = 0;
    m_count = 0;
}

} // namespace vitrine::transfer
