// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine {

using namespace Qt::StringLiterals;

Error fileError(int code, const QString& path)
{
    switch (code) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
        return {ErrorKind::NotFound, path, {}};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorKind::PermissionDenied, path, {}};
    case ENXIO: // a socket, or a pipe without a writer
    case EISDIR:
        return {ErrorKind::NotARegularFile, path, {}};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {ErrorKind::DiskFull, path, {}};
    default:
        return {ErrorKind::Storage, path, {}};
    }
}

Error readError(int code, const QString& path)
{
    switch (code) {
    case EIO:
    case ENODEV:
    case ENOMEDIUM:
    case ENOTCONN: // of a file system in a process that has ended
    case ESTALE:   // of one on a network whose server knows it no more
    case EREMOTEIO:
    case ETIMEDOUT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
        return {ErrorKind::NotFound, path, {}};
    default:
        return fileError(code, path);
    }
}

Error ownFileError(int code, const QString& path)
{
    Error error = fileError(code, path + u": "_s + qt_error_string(code));
    if (error.kind != ErrorKind::PermissionDenied && error.kind != ErrorKind::DiskFull)
        error.kind = ErrorKind::Storage;
    return error;
}

namespace {

Result<qint64> regularFileSize(int descriptor, const QString& path, qint64 limit)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return failure(readError(errno, path));
    if (!S_ISREG(status.st_mode))
        return failure(ErrorKind::NotARegularFile, path);
    if (status.st_size == 0)
        return failure(ErrorKind::EmptyFile, path);
    if (status.st_size > limit)
        return failure(ErrorKind::TooLarge, path);
    return status.st_size;
}

bool isThere(const QByteArray& path)
{
    struct stat status = {};
    return ::lstat(path.constData(), &status) == 0;
}

/// The only entry of \a directory that is shown as \a part; empty if there is none or another one.
QByteArray entryShownAs(const QString& part, const QByteArray& directory)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(directory.constData()), ::closedir);
    QByteArray found;
    while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
        if (QFile::decodeName(entry->d_name) != part)
            continue;
        if (!found.isEmpty())
            return {};
        found = entry->d_name;
    }
    return found;
}

} // namespace

QByteArray nativePath(const QString& path)
{
    const QByteArray plain = QFile::encodeName(path);
    if (!path.contains(QChar::ReplacementCharacter) || isThere(plain))
        return plain;
    QByteArray native = path.startsWith(u'/') ? "/" : "./";
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        QByteArray next = QFile::encodeName(part);
        if (part.contains(QChar::ReplacementCharacter) && !isThere(native + next))
            next = entryShownAs(part, native);
        if (next.isEmpty())
            return plain;
        native += next + '/';
    }
    native.chop(1);
    return native;
}

Result<std::unique_ptr<QFile>> openFile(const QString& path, qint64 limit)
{
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    const int descriptor =
        ::open(nativePath(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return failure(readError(errno, path));
    auto file = std::make_unique<QFile>();
    if (!file->open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)) {
        ::close(descriptor);
        return failure(ErrorKind::Storage, path);
    }
    if (const auto size = regularFileSize(descriptor, path, limit); !size)
        return failure(size.error());
    return file;
}

Result<QByteArray> readFile(const QString& path, qint64 limit)
{
    const auto file = openFile(path, limit);
    if (!file)
        return failure(file.error());
    const qint64 size = (*file)->size();
    QByteArray bytes = (*file)->read(size);
    if ((*file)->error() != QFileDevice::NoError)
        return failure(ErrorKind::Storage, path);
    const auto sizeAfter = regularFileSize((*file)->handle(), path, limit);
    if (bytes.size() != size || sizeAfter != size)
        return failure(ErrorKind::Busy, path);
    return bytes;
}

bool readAt(int descriptor, qint64 start, char* to, qint64 size)
{
    while (size > 0) {
        const ssize_t length = ::pread(descriptor, to, size_t(size), off_t(start));
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return false;
        start += length;
        to += length;
        size -= length;
    }
    return true;
}

bool writeAt(int descriptor, qint64 start, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t length =
            ::pwrite(descriptor, bytes.data(), size_t(bytes.size()), off_t(start));
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return false;
        start += length;
        bytes = bytes.sliced(length);
    }
    return true;
}

void syncDirectoryOf(const QString& path)
{
    const QByteArray directory = QFile::encodeName(QFileInfo(path).absolutePath());
    const int descriptor = ::open(directory.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

Result<void> commitDurably(QSaveFile& file)
{
    errno = 0;
    if (!file.flush() || ::fsync(file.handle()) != 0 || !file.commit())
        return failure(fileError(errno, file.fileName()));
    syncDirectoryOf(file.fileName()); // or a power cut may take back the rename
    return {};
}

Result<void> writeFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly))
        return failure(fileError(errno, path));
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(bytes) != bytes.size())
        return failure(fileError(errno, path));
    return commitDurably(file);
}

} // namespace vitrine
