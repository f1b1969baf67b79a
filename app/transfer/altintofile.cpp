// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/altintofile.h"

#include "app/base/file.h"
#include "app/transfer/filecheck.h"

namespace vitrine::transfer {

Result<void> writeAltIntoFile(const QString& path, const QString& alt)
{
    const auto bytes = readFile(path, kReadable.bytes);
    if (!bytes)
        return failure(bytes.error());
    const auto info = imaging::probe(*bytes, kReadable);
    if (!info)
        return failure(info.error());
    const auto described = imaging::writeAltText(*bytes, info->format, alt);
    if (!described && described.error().kind == ErrorKind::UnsupportedImage)
        return {};
    if (!described)
        return failure(described.error());
    return writeFile(path, *described);
}

} // namespace vitrine::transfer
