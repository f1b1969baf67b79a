// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QTimeZone>

#include <functional>
#include <mutex>
#include <utility>

namespace vitrine::test {

/// A clock that moves when it is told to. Any thread.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(QDateTime start = QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc()))
        : m_start(std::move(start))
    {}

    QDateTime now() const override
    {
        if (const auto meanwhile = takeMeanwhile())
            meanwhile();
        const std::scoped_lock lock(m_mutex);
        return m_start.addMSecs((m_passed + m_set).count());
    }
    std::chrono::milliseconds elapsed() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_passed;
    }
    void advance(std::chrono::milliseconds time)
    {
        const std::scoped_lock lock(m_mutex);
        m_passed += time;
    }
    /// Something happens while somebody looks at the wall clock, the next time and no more: on
    /// their thread, before they are told.
    void beforeNextLook(std::function<void()> meanwhile)
    {
        const std::scoped_lock lock(m_mutex);
        m_meanwhile = std::move(meanwhile);
    }
    /// Somebody sets the wall clock, forwards or back; no time passes by that.
    void set(std::chrono::milliseconds by)
    {
        const std::scoped_lock lock(m_mutex);
        m_set += by;
    }

private:
    std::function<void()> takeMeanwhile() const
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_meanwhile, nullptr);
    }

    mutable std::mutex m_mutex;
    mutable std::function<void()> m_meanwhile;
    const QDateTime m_start;
    std::chrono::milliseconds m_passed{0};
    std::chrono::milliseconds m_set{0};
};

} // namespace vitrine::test
