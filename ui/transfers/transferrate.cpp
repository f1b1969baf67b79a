// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/transferrate.h"

#include <cmath>

namespace vitrine::ui {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds kWindow = seconds(4);
constexpr milliseconds kShortest{500};

} // namespace

TransferRate::TransferRate(const Clock& clock) : m_clock(clock)
{}

void TransferRate::update(qint64 moved)
{
    if (!m_samples.empty() && moved < m_samples.back().moved)
        m_samples.clear();
    const milliseconds now = m_clock.elapsed();
    m_samples.push_back({now, moved});
    // The oldest sample may lie just beyond the window, so that the window is always covered.
    while (m_samples.size() > 2 && now - m_samples[1].at >= kWindow)
        m_samples.pop_front();
}

double TransferRate::bytesPerSecond() const
{
    if (m_samples.empty())
        return 0;
    const milliseconds now = m_clock.elapsed();
    if (now - m_samples.back().at > kWindow)
        return 0;
    const milliseconds span = now - m_samples.front().at;
    if (span < kShortest)
        return 0;
    return double(m_samples.back().moved - m_samples.front().moved) * 1000. / double(span.count());
}

std::optional<seconds> TransferRate::timeFor(qint64 bytes) const
{
    const double rate = bytesPerSecond();
    if (rate <= 0)
        return std::nullopt;
    return seconds(qint64(std::ceil(double(bytes) / rate)));
}

} // namespace vitrine::ui
