// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/placefile.h"

#include "app/base/file.h"
#include "app/transfer/safename.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace vitrine::transfer {
namespace {

constexpr int kMaxSameNames = 10'000;

bool isUnknownThere(int code)
{
    return code == EINVAL || code == ENOSYS || code == EPERM || code == EOPNOTSUPP;
}

// Takes the name with an empty file, which may be replaced, for it is ours.
int reserveAndMove(const QByteArray& from, const QByteArray& to)
{
    const int descriptor =
        ::open(to.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return errno;
    ::close(descriptor);
    if (::rename(from.constData(), to.constData()) == 0)
        return 0;
    const int code = errno;
    ::unlink(to.constData());
    return code;
}

// 0, or an errno. Old and network file systems know no RENAME_NOREPLACE; a hard link does the same.
// Those of memory cards and sticks know neither.
int moveWithoutReplacing(const QByteArray& from, const QByteArray& to)
{
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (!isUnknownThere(errno))
        return errno;
    if (::link(from.constData(), to.constData()) == 0) {
        ::unlink(from.constData());
        return 0;
    }
    return isUnknownThere(errno) ? reserveAndMove(from, to) : errno;
}

// The file is ours and there: what is not found is the place.
Error placeError(int code, const QString& directory)
{
    Error error = fileError(code, directory);
    if (error.kind == ErrorKind::NotFound)
        error.kind = ErrorKind::NoSuchFolder;
    return error;
}

} // namespace

Result<QString> placeFile(const QString& file, const QString& directory, const QString& name)
{
    int code = EEXIST;
    for (int number = 1; code == EEXIST && number < kMaxSameNames; ++number) {
        const QString path = directory + u'/' + numberedName(name, number);
        code = moveWithoutReplacing(QFile::encodeName(file), QFile::encodeName(path));
        if (code == 0) {
            syncDirectoryOf(path);
            return path;
        }
    }
    // Names that Windows cannot have are not taken by its file systems.
    if (const QString portable = portableName(name); code == EINVAL && portable != name)
        return placeFile(file, directory, portable);
    return failure(placeError(code, directory));
}

Result<void> checkPlace(const QString& directory, const QString& probe)
{
    const QByteArray path = QFile::encodeName(directory + u'/' + probe);
    const int descriptor =
        ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return failure(placeError(errno, directory));
    ::close(descriptor);
    ::unlink(path.constData());
    return {};
}

} // namespace vitrine::transfer
