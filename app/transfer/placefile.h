// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

namespace vitrine::transfer {

/// Moves \a file to \a directory under \a name, or "name (2)", "name (3)"… if that is taken; never
/// replaces anything. Both must be on one file system. Gives the path. Blocks.
/// Errors: PermissionDenied, DiskFull, Storage.
Result<QString> placeFile(const QString& file, const QString& directory, const QString& name);

} // namespace vitrine::transfer
