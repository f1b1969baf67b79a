// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <mutex>

namespace vitrine::backend {

/// How many pixels may be decoded at one time, by all threads together: memory goes by pixels, not
/// by threads. Any thread.
class PixelBudget
{
public:
    explicit PixelBudget(qint64 pixels) : m_whole(pixels), m_free(pixels) {}

    /// A part of the budget; goes back with the object.
    class Share
    {
    public:
        Share(PixelBudget& budget, qint64 pixels) : m_budget(budget), m_pixels(pixels) {}
        ~Share() { m_budget.giveBack(m_pixels); }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

    private:
        PixelBudget& m_budget;
        const qint64 m_pixels;
    };

    /// Blocks until \a pixels are free; whoever asked first gets them first. What is larger than
    /// the whole budget has all of it to itself.
    [[nodiscard]] Share take(qint64 pixels);
    /// Pixels set aside for pictures that are being decoded.
    qint64 used() const;

private:
    void giveBack(qint64 pixels);

    const qint64 m_whole;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    qint64 m_free;            ///< under m_mutex
    quint64 m_nextTicket = 0; ///< under m_mutex
    quint64 m_serving = 0;    ///< under m_mutex; the ticket whose turn it is
};

} // namespace vitrine::backend
