// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace vitrine::transfer {

/// The files that \a paths stand for: a file stands for itself, a directory for the pictures below
/// it, by suffix, in the order of their names; hidden files and symbolic links to directories are
/// passed over. A directory without pictures, or that may not be read, stands for itself, so that
/// whoever opens it says what is wrong. Blocks on the file system.
QStringList picturesIn(const QStringList& paths);

} // namespace vitrine::transfer
