// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/newfiles.h"

#include "app/watching/folderscan.h"

#include <algorithm>

namespace vitrine::watching {
namespace {

using Handling = WatchedFolder::Handling;

bool isWatched(const QString& path, const QList<WatchedFolder>& folders)
{
    return std::any_of(folders.begin(), folders.end(),
                       [&](const WatchedFolder& folder) { return folder.path == path; });
}

/// Or else somebody is at it, and it is looked at again.
bool isToBeRead(const Error& error)
{
    return error.kind != ErrorKind::Busy && error.kind != ErrorKind::EmptyFile;
}

} // namespace

HashedFiles hashed(const QList<FileStamp>& stamps, const QList<WatchedFolder>& folders,
                   const std::stop_token& stop)
{
    using State = WatchLedger::State;
    HashedFiles hashed;
    for (const FileStamp& stamp : stamps) {
        if (stop.stop_requested())
            break;
        const WatchedFolder* folder = folderFor(stamp.path, folders);
        if (!folder)
            continue;
        const auto hash = hashOf(stamp);
        const bool isShared = folder->handling == Handling::Shared;
        if (hash)
            hashed.files +=
                {{stamp, *hash, folder->path}, isShared ? State::Claimed : State::Proposed};
        else if (isToBeRead(hash.error()))
            hashed.unread += {stamp, hash.error()};
    }
    return hashed;
}

Verdict verdictOn(const QList<WatchLedger::Pending>& files, const QList<WatchedFolder>& folders)
{
    Verdict verdict;
    for (const WatchLedger::Pending& each : files) {
        const QString& path = each.file.stamp.path;
        const WatchedFolder* folder = folderFor(path, folders);
        const bool isProposed = each.state == WatchLedger::State::Proposed;
        if (!folder || !isWatched(each.file.folder, folders)) {
            verdict.left += path;
        } else if (isProposed || folder->handling == Handling::Proposed) {
            verdict.proposed += path;
            if (!isProposed)
                verdict.newlyProposed += path;
        } else {
            verdict.shared += each;
        }
    }
    return verdict;
}

} // namespace vitrine::watching
