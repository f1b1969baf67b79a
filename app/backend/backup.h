// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QStringList>

namespace vitrine::backend {

struct Backup {
    qint64 pictures = 0;    ///< different ones: images may share their bytes
    QStringList unreadable; ///< ids of images whose files are damaged where they came from
};

/// Copies a data directory to \a target, which is missing or empty before and holds the whole copy,
/// durable, when this succeeds; nothing of it is seen before. A server may be at work meanwhile:
/// the copy is its data at one moment. It is a data directory itself: to restore it, serve it. What
/// cannot be read is left out and told; the rest is copied all the same. Blocks for as long as
/// copying takes. Errors: NotFound (no such data), InvalidInput (another version's data; \a target
/// is not empty), DiskFull, PermissionDenied, Storage, Busy (more was removed than one can follow).
Result<Backup> backUp(const QString& dataDirectory, const QString& target);

} // namespace vitrine::backend
