// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"

#include <QString>

namespace vitrine::transfer {

/// Writes \a alt into the picture at \a path, where other programs look for it (see
/// ReadOrder::altText). A file whose format has no place for it stays as it is.
/// Errors: those of openFile(), PictureReader::read() and writeFile(). Waits for the reader.
Result<void> writeAltIntoFile(const QString& path, const QString& alt,
                              const imaging::PictureReader& pictures);

} // namespace vitrine::transfer
