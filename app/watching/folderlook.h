// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/watching/watchedfolder.h"

#include <QHash>
#include <QStringList>

#include <stop_token>

namespace vitrine::watching {

/// What the watched folders hold at one moment.
struct FolderLook {
    QList<WatchedFolder> folders;
    QList<FileStamp> pictures;      ///< each once, in whatever folders it is
    QStringList directories;        ///< those of which the kernel tells: none on a network
    QHash<QString, Error> troubles; ///< by the path of a folder, or of what in it cannot be read
    bool isOnNetwork = false;       ///< some changes are not told of, so that it has to be polled

    /// Blocks on the file system; of no use when it was to \a stop.
    static FolderLook at(const QList<WatchedFolder>& folders, const std::stop_token& stop);
};

} // namespace vitrine::watching
