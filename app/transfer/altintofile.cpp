// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/altintofile.h"

#include "app/base/file.h"
#include "app/transfer/filecheck.h"

#include <QFile>

namespace vitrine::transfer {

Result<void> writeAltIntoFile(const QString& path, const QString& alt,
                              const imaging::PictureReader& pictures)
{
    const auto file = openFile(path, kReadable.bytes);
    if (!file)
        return failure(file.error());
    const auto found = pictures.read(imaging::OpenFile{(*file)->handle(), (*file)->size()},
                                     {.limits = kReadable, .altText = alt});
    if (!found && found.error().kind == ErrorKind::UnsupportedImage)
        return {};
    if (!found)
        return failure(found.error());
    const auto permissions = (*file)->permissions();
    const auto written = writeFile(path, found->described);
    QFile::setPermissions(path, permissions);
    return written;
}

} // namespace vitrine::transfer
