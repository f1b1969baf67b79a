// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>

namespace vitrine::transfer {

/// Writes \a alt into the picture at \a path, where other programs look for it (see
/// imaging::writeAltText()). A file whose format has no place for it stays as it is.
/// Errors: those of readFile(), probe(), writeAltText() and writeFile(). Blocks.
Result<void> writeAltIntoFile(const QString& path, const QString& alt);

} // namespace vitrine::transfer
