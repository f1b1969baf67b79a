// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

namespace vitrine::transfer {

/// Moves \a file to \a directory under \a name, or "name (2)", "name (3)"… if that is taken; never
/// replaces anything. Where the file system cannot have the name, it is made portable. Both must be
/// on one file system. Gives the path. Blocks.
/// Errors: as checkPlace().
Result<QString> placeFile(const QString& file, const QString& directory, const QString& name);

/// Whether \a directory takes new files, found by making and removing one named \a probe there:
/// permissions alone do not tell of a read-only or a full disk. Blocks.
/// Errors: NoSuchFolder, PermissionDenied, DiskFull, Storage.
Result<void> checkPlace(const QString& directory, const QString& probe);

} // namespace vitrine::transfer
