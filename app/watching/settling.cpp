// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/settling.h"

#include <algorithm>
#include <utility>

namespace vitrine::watching {

QList<FileStamp> Settling::settled(const QList<FileStamp>& seen, std::chrono::milliseconds now)
{
    QList<FileStamp> ready;
    QHash<QString, Seen> waiting;
    const QSet<QString> closed = m_closed + m_missed;
    m_missed = std::exchange(m_closed, {});
    for (const FileStamp& stamp : seen) {
        const auto before = m_waiting.constFind(stamp.path);
        const bool isSame = before != m_waiting.cend() && before->stamp == stamp;
        const auto since = isSame ? before->since : now;
        const bool isQuiet = isSame && now - since >= kQuietTime;
        // An empty file is one that somebody is about to fill.
        if (stamp.size > 0 && (isQuiet || closed.contains(stamp.path))) {
            ready += stamp;
            m_missed.remove(stamp.path);
        } else {
            waiting.insert(stamp.path, {stamp, since});
        }
    }
    m_waiting = std::move(waiting);
    return ready;
}

bool Settling::isWaiting() const
{
    return std::any_of(m_waiting.begin(), m_waiting.end(),
                       [](const Seen& seen) { return seen.stamp.size > 0; });
}

} // namespace vitrine::watching
