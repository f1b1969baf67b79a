// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>

namespace vitrine {

/// Where time comes from. Passed in, so that a test can hold it still.
class Clock
{
public:
    virtual ~Clock() = default;

    /// Wall-clock time, UTC: for what people and servers read. May jump.
    virtual QDateTime now() const = 0;

    /// Time since an arbitrary start; never goes back: for waiting and measuring.
    virtual std::chrono::milliseconds elapsed() const = 0;
};

/// The machine's clocks. Any thread.
class SystemClock final : public Clock
{
public:
    QDateTime now() const override;
    std::chrono::milliseconds elapsed() const override;
};

} // namespace vitrine
