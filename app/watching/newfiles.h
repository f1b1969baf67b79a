// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/watching/watchledger.h"

#include <QStringList>

#include <stop_token>

namespace vitrine::watching {

/// Files that have settled.
struct HashedFiles {
    struct Unread {
        FileStamp stamp;
        Error error;
    };
    QList<WatchLedger::Pending> files; ///< with what their bytes are, as the rules have them
    QList<Unread> unread;              ///< those that are as they were and cannot be read
};

/// Of files that have settled: those that still are as they were, by the rules of \a folders; not
/// all of them when it was to \a stop. Blocks on the file system.
HashedFiles hashed(const QList<FileStamp>& stamps, const QList<WatchedFolder>& folders,
                   const std::stop_token& stop);

/// What becomes of new files.
struct Verdict {
    QList<WatchLedger::Pending> shared; ///< they go out
    QStringList proposed;               ///< somebody is to look at them
    QStringList newlyProposed;          ///< those of them that were meant to go out
    QStringList left;                   ///< nobody watches where they are any more
};

/// By the rules of \a folders, which may be others than those by which the files were found: what
/// was to be proposed stays so, and what was found in a folder that is watched no more is left.
Verdict verdictOn(const QList<WatchLedger::Pending>& files, const QList<WatchedFolder>& folders);

} // namespace vitrine::watching
