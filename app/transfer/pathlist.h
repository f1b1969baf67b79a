// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QList>
#include <QStringList>

#include <stop_token>

namespace vitrine::transfer {

/// What lies below a directory.
struct DirectoryContent {
    QStringList pictures;    ///< regular files, by suffix, in the order of their names
    QStringList directories; ///< itself and those below it, as far as they can be read
    QList<Error> troubles;   ///< of what is there, for all that is known; each detail is a path
};

/// Looks at everything below \a directory. Hidden files and symbolic links to directories are
/// passed over, and so is what may not be read, or is gone when its turn comes. What cannot be read
/// for another reason, a mount that does not answer or \a directory itself, is in the troubles: the
/// rest is there all the same. When it is to \a stop, that is a trouble, too (Cancelled). Blocks on
/// the file system.
DirectoryContent contentOf(const QString& directory, const std::stop_token& stop = {});

/// The files that \a paths stand for: a file stands for itself, a directory for the pictures below
/// it, see contentOf(). A directory without pictures, and what below one is in the troubles, stands
/// for itself, so that whoever opens it says what is wrong. Blocks on the file system.
QStringList picturesIn(const QStringList& paths);

} // namespace vitrine::transfer
