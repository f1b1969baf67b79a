// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/fadein.h"

#include <algorithm>

namespace vitrine::ui {

double FadeIn::opacity(const QString& id, bool hasPicture, bool animated)
{
    if (!hasPicture) {
        m_missing.insert(id);
        m_started.remove(id);
        return 0;
    }
    if (m_missing.remove(id) && animated)
        m_started.insert(id, m_time.elapsed());
    const auto started = m_started.constFind(id);
    if (started == m_started.constEnd())
        return 1;
    return std::min(1.0, double(m_time.elapsed() - *started) / kDuration);
}

void FadeIn::finish()
{
    const qint64 now = m_time.elapsed();
    m_started.removeIf([now](const auto& fade) { return now - fade.value() >= kDuration; });
}

void FadeIn::clear()
{
    m_missing.clear();
    m_started.clear();
}

} // namespace vitrine::ui
