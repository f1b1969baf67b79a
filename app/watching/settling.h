// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/watching/watchedfolder.h"

#include <QHash>
#include <QSet>

#include <chrono>

namespace vitrine::watching {

/// Tells when a file is not being written any more: it has not changed for a while, or whoever
/// wrote it has closed it, or moved it here whole. One thread.
class Settling
{
public:
    /// How long a file has to stay as it is where nobody tells that it was closed: a camera or a
    /// copy over a network pauses for moments.
    static constexpr std::chrono::milliseconds kQuietTime = std::chrono::seconds(3);

    /// It was closed after writing, or moved to this name.
    void noteClosed(const QString& path) { m_closed.insert(path); }

    /// Takes what is seen of the files of which nothing is known yet, at \a now of a clock that
    /// never goes back. Gives those that have settled; they are forgotten here.
    QList<FileStamp> settled(const QList<FileStamp>& seen, std::chrono::milliseconds now);

    /// Files are waited for. Not empty ones, which may stay so for ever: that they are filled is to
    /// be told, or seen by chance.
    bool isWaiting() const;

private:
    struct Seen {
        FileStamp stamp;
        std::chrono::milliseconds since{};
    };

    QHash<QString, Seen> m_waiting; // by path
    QSet<QString> m_closed;         // since settled() was called last
    QSet<QString> m_missed;         // before that, in vain: whoever looked may have begun earlier
};

} // namespace vitrine::watching
