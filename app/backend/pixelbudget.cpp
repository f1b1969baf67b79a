// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/pixelbudget.h"

#include <algorithm>

namespace vitrine::backend {

PixelBudget::Share PixelBudget::take(qint64 pixels)
{
    const qint64 wanted = std::clamp<qint64>(pixels, 0, m_whole);
    std::unique_lock lock(m_mutex);
    const quint64 ticket = m_nextTicket++;
    m_changed.wait(lock, [&] { return m_serving == ticket && m_free >= wanted; });
    m_free -= wanted;
    ++m_serving;
    m_changed.notify_all(); // the next one may fit, too
    return {*this, wanted};
}

qint64 PixelBudget::used() const
{
    const std::scoped_lock lock(m_mutex);
    return m_whole - m_free;
}

void PixelBudget::giveBack(qint64 pixels)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_free += pixels;
    }
    m_changed.notify_all();
}

} // namespace vitrine::backend
