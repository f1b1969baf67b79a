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

} // namespace

QList<WatchLedger::Pending> hashed(const QList<FileStamp>& stamps,
                                   const QList<WatchedFolder>& folders, const std::stop_token& stop)
{
    using State = WatchLedger::State;
    QList<WatchLedger::Pending> files;
    for (const FileStamp& stamp : stamps) {
        if (stop.stop_requested())
            break;
        const auto hash = hashOf(stamp);
        const WatchedFolder* folder = folderFor(stamp.path, folders);
        if (!hash || !folder) // it is looked at again
            continue;
        const bool isShared = folder->handling == Handling::Shared;
        files += {{stamp, *hash, folder->path}, isShared ? State::Claimed : State::Proposed};
    }
    return files;
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
