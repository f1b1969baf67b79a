// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QStringList>

namespace vitrine::cli {

/// The files that \a paths of a command line stand for: directories are walked, "-" is standard
/// input, which becomes a file below \a directory, the account's, so that an upload of it survives
/// this process. \a limit, in bytes, is for standard input. Blocks.
/// Errors: those of transfer::keepPasted().
Result<QStringList> filesOf(const QStringList& paths, const QString& directory, qint64 limit);

} // namespace vitrine::cli
