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

// 0, or an errno. Old and network file systems know no RENAME_NOREPLACE; a hard link does the same.
int moveWithoutReplacing(const QByteArray& from, const QByteArray& to)
{
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (::link(from.constData(), to.constData()) != 0)
        return errno;
    ::unlink(from.constData());
    return 0;
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
