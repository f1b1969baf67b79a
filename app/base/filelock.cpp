// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/filelock.h"

#include "app/base/file.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine {
namespace {

// A lock of the open file (F_OFD_*), not of the process: two FileLocks of one process keep each
// other out as well, and closing another descriptor of the file lets nothing go.
struct flock wholeFile()
{
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    return range;
}

} // namespace

Result<FileLock> FileLock::tryLock(const QString& path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failure(ownFileError(errno, path));
    FileLock lock(descriptor);
    struct flock range = wholeFile();
    if (::fcntl(descriptor, F_OFD_SETLK, &range) == 0)
        return lock;
    if (errno == EAGAIN || errno == EACCES)
        return failure(ErrorKind::Busy, path);
    return failure(ownFileError(errno, path));
}

bool FileLock::isHeld(const QString& path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const FileLock probe(descriptor);
    struct flock range = wholeFile();
    return ::fcntl(descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace vitrine
