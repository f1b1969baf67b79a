// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QtGlobal>

#include <chrono>
#include <deque>
#include <optional>

namespace vitrine::ui {

/// How quickly bytes move: the mean over the last few seconds, by a monotonic clock, so that the
/// number neither flickers nor remembers a stall for ever.
class TransferRate
{
public:
    /// \a clock must outlive it.
    explicit TransferRate(const Clock& clock);

    /// Tells how many bytes have moved in all. Fewer than before: another batch has begun.
    void update(qint64 moved);

    /// 0 until two observations are at least half a second apart, and when nothing moved lately.
    double bytesPerSecond() const;

    /// How long \a bytes more will take; none while nothing moves.
    std::optional<std::chrono::seconds> timeFor(qint64 bytes) const;

private:
    struct Sample {
        std::chrono::milliseconds at;
        qint64 moved;
    };

    const Clock& m_clock;
    std::deque<Sample> m_samples;
};

} // namespace vitrine::ui
