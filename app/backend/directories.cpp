// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/directories.h"

#include "app/base/descriptor.h"
#include "app/base/file.h"
#include "app/base/log.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace vitrine::backend {

using namespace Qt::StringLiterals;

tl::unexpected<Error> diskFailure(int code, const QString& path)
{
    return failure(ownFileError(code, path));
}

Result<void> syncDirectory(const QString& path)
{
    const Descriptor directory(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen() || ::fsync(directory.number()) != 0)
        return diskFailure(errno, path);
    return {};
}

bool renamePath(const QString& from, const QString& to)
{
    return ::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

bool exchange(const QString& here, const QString& there)
{
    if (::renameat2(AT_FDCWD, QFile::encodeName(here).constData(), AT_FDCWD,
                    QFile::encodeName(there).constData(), RENAME_EXCHANGE) == 0)
        return true;
    const QString aside = here + u".old"_s;
    if (!renamePath(there, aside))
        return false;
    if (!renamePath(here, there)) {
        const int code = errno;
        (void)renamePath(aside, there);
        errno = code;
        return false;
    }
    return renamePath(aside, here);
}

void removeTree(const QString& path)
{
    if (!QDir(path).removeRecursively())
        qCWarning(logBackend, "a directory of unneeded files could not be removed");
}

} // namespace vitrine::backend
