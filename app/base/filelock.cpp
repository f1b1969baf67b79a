// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/filelock.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine {

Result<FileLock> FileLock::tryLock(const QString& path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failure(errno == EACCES || errno == EROFS ? ErrorKind::PermissionDenied
                                                         : ErrorKind::Storage,
                       path);
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return failure(errno == EWOULDBLOCK ? ErrorKind::Busy : ErrorKind::Storage, path);
    return lock;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace vitrine
