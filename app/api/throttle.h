// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QtGlobal>

#include <chrono>
#include <memory>

namespace vitrine::api {

/// A limit in bytes a second that several transfers share (a token bucket). What is not used is
/// saved up for a quarter of a second, no longer. One thread.
class Throttle
{
public:
    /// Without a limit at first.
    explicit Throttle(std::shared_ptr<const Clock> clock) : m_clock(std::move(clock)) {}

    /// 0: as fast as it goes.
    void setLimit(qint64 bytesPerSecond);

    /// How many of \a wanted bytes may move now; they count as moved.
    qint64 take(qint64 wanted);

    /// How long until it is worth asking again.
    std::chrono::milliseconds wait() const;

private:
    qint64 capacity() const;
    void fill();

    const std::shared_ptr<const Clock> m_clock; // bodies that Qt still reads outlive the client
    qint64 m_limit = 0;
    qint64 m_saved = 0; ///< bytes
    std::chrono::milliseconds m_filled{};
};

} // namespace vitrine::api
