// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/watching/watchedfolder.h"

#include <QStringList>

#include <stop_token>

namespace vitrine::watching {

/// What is below a watched folder.
struct FolderScan {
    QList<FileStamp> pictures; ///< regular files with the suffix of a picture, links followed
    QStringList directories;   ///< the folder itself and those below it
    bool isOnNetwork = false;  ///< where others' changes are not told of
    QList<Error> troubles;     ///< what could not be read though it is there; each detail is a path
};

/// Looks at everything below \a folder; hidden files and links to directories are passed over, and
/// so is what may not be read. With troubles it is not all that is there, and neither is it when it
/// was to \a stop. Blocks on the file system. Errors: NoSuchFolder, PermissionDenied, Storage.
Result<FolderScan> scanFolder(const QString& folder, const std::stop_token& stop);

/// The stamp of the file as it is now. Blocks. Errors: as openFile().
Result<FileStamp> stampOf(const QString& path);

/// The SHA-256 of a file that is as \a stamp says, before and after. Blocks.
/// Errors: as openFile(), and Busy (somebody is writing it).
Result<QByteArray> hashOf(const FileStamp& stamp);

} // namespace vitrine::watching
