// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/filelock.h"

#include "app/base/file.h"

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
        return failure(ownFileError(errno, path));
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return failure(ErrorKind::Busy, path);
    return failure(ownFileError(errno, path));
}

bool FileLock::isHeld(const QString& path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const FileLock probe(descriptor);
    // Shared: two who look at the same instant do not take each other for the holder.
    return ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace vitrine
