// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace vitrine::transfer {

/// How many are sent at once: few at first, then twice as many, and from there on one more while
/// that makes the line carry more, one less where it does not. Knows no clock: the time is passed
/// in. A value.
class Parallelism
{
public:
    using Moment = std::chrono::milliseconds; ///< by Clock::elapsed()

    static constexpr int kFewest = 2;
    /// As many as api::RequestScheduler lets out at the same time.
    static constexpr int kMost = 6;

    int atOnce() const { return m_atOnce; }

    /// \a bytes have arrived. \a isFull: as many were on their way as may be, so that the line, and
    /// not what there was to send, set the pace.
    void arrived(qint64 bytes, bool isFull, Moment now);
    /// The line was lost: from the bottom up again.
    void lost();

private:
    void judge(double rate);
    void startOver(Moment now);

    int m_atOnce = 3;
    int m_step = 1;
    double m_rateBefore = 0; ///< bytes a millisecond; 0: nothing to compare with
    Moment m_since{-1};
    qint64 m_bytes = 0;
    int m_count = 0;
};

} // namespace vitrine::transfer
