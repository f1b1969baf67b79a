// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/folderlook.h"

#include "app/watching/folderscan.h"

namespace vitrine::watching {

FolderLook FolderLook::at(const QList<WatchedFolder>& folders, const std::stop_token& stop)
{
    FolderLook look{folders, {}, {}, {}, false};
    for (const WatchedFolder& folder : folders) {
        const auto scan = scanFolder(folder.path, stop);
        if (!scan) {
            look.troubles.insert(folder.path, scan.error());
            look.isOnNetwork = true; // it may come back: a mount that vanished
            continue;
        }
        look.pictures += scan->pictures;
        if (!scan->isOnNetwork) // each would be a question over the network, too
            look.directories += scan->directories;
        look.isOnNetwork |= scan->isOnNetwork || !scan->troubles.isEmpty();
        for (const Error& trouble : scan->troubles)
            look.troubles.insert(trouble.detail, trouble);
    }
    look.pictures = eachOnce(look.pictures, folders);
    return look;
}

} // namespace vitrine::watching
