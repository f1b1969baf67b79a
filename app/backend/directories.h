// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

/// What is done to directories of our own. Any thread; blocks on the disk.
namespace vitrine::backend {

/// What errno \a code says. PermissionDenied, DiskFull or Storage.
tl::unexpected<Error> diskFailure(int code, const QString& path);

/// Makes the names in it durable. Errors: as diskFailure().
Result<void> syncDirectory(const QString& path);

/// Else errno says why not.
bool renamePath(const QString& from, const QString& to);

/// Lets two directories change places; else errno says why not. At once, where the file system can:
/// else a crash in between leaves nothing at \a there.
bool exchange(const QString& here, const QString& there);

/// With all that is in it. What cannot be removed is told to the log.
void removeTree(const QString& path);

} // namespace vitrine::backend
