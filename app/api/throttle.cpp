// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/throttle.h"

#include <algorithm>

namespace vitrine::api {
namespace {

constexpr qint64 kSavesUpFor = 250;    // ms
constexpr qint64 kSmallest = 1024;     // bytes; less costs more than it carries
constexpr qint64 kLongestWait = 1'000; // ms

} // namespace

void Throttle::setLimit(qint64 bytesPerSecond)
{
    m_limit = std::max<qint64>(0, bytesPerSecond);
    m_filled = m_clock->elapsed();
    m_saved = std::min(m_saved, capacity());
}

qint64 Throttle::take(qint64 wanted)
{
    if (m_limit == 0)
        return wanted;
    fill();
    const qint64 taken = std::min(wanted, m_saved);
    m_saved -= taken;
    return taken;
}

std::chrono::milliseconds Throttle::wait() const
{
    if (m_limit == 0)
        return {};
    const qint64 missing = std::min(capacity(), kSmallest) - m_saved;
    return std::chrono::milliseconds(std::clamp<qint64>(missing * 1000 / m_limit, 1, kLongestWait));
}

qint64 Throttle::capacity() const
{
    return std::max(kSmallest, m_limit * kSavesUpFor / 1000);
}

// Only whole bytes count; the rest of the time stays for the next one.
void Throttle::fill()
{
    const qint64 passed = (m_clock->elapsed() - m_filled).count();
    const qint64 due = passed * m_limit / 1000;
    if (due == 0)
        return;
    m_filled += std::chrono::milliseconds(due * 1000 / m_limit);
    m_saved = std::min(capacity(), m_saved + due);
}

} // namespace vitrine::api
