// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QDateTime>
#include <QSet>
#include <QString>

namespace vitrine::transfer {

/// Keeps what has no file of its own (a picture from the clipboard, standard input) as \a name
/// below the account's \a directory until it is shared or dismissed; gives the path. Only its owner
/// can read it. Errors: as writeFile(). Blocks.
Result<QString> keepPasted(const QByteArray& bytes, const QString& directory, const QString& name);

/// Whether \a path is what keepPasted() made for \a directory.
bool isPasted(const QString& path, const QString& directory);

/// Removes such a file and the folder that was made for it. Blocks.
void discardPasted(const QString& path);

/// Removes what was pasted below \a directory before \a time, and is none of \a needed (paths): a
/// crash left it. Blocks.
void sweepPasted(const QString& directory, const QSet<QString>& needed, const QDateTime& time);

} // namespace vitrine::transfer
