// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/filesink.h"

#include "app/base/descriptor.h"
#include "app/base/file.h"

#include <QFile>
#include <QtConcurrentRun>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::api {

struct FileSink::Part {
    explicit Part(QString itsPath) : path(std::move(itsPath)) {}
    ~Part();

    Result<qint64> open();
    Result<void> startAt(qint64 start) const;
    Result<void> write(const QByteArray& bytes) const;
    Result<void> commit() const;
    tl::unexpected<Error> lastFailure() const { return failure(fileError(errno, path)); }

    const QString path;
    Descriptor file;
};

FileSink::Part::~Part()
{
    struct stat status = {};
    if (file.isOpen() && ::fstat(file.number(), &status) == 0 && status.st_size == 0)
        ::unlink(QFile::encodeName(path).constData());
}

Result<qint64> FileSink::Part::open()
{
    // O_NONBLOCK: opening a pipe that nobody reads from would wait for ever.
    constexpr int flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    Descriptor opened(::open(QFile::encodeName(path).constData(), flags, 0666));
    struct stat status = {};
    if (!opened.isOpen() || ::fstat(opened.number(), &status) != 0)
        return lastFailure();
    if (!S_ISREG(status.st_mode))
        return failure(ErrorKind::NotARegularFile, path);
    file = std::move(opened);
    return qint64(status.st_size);
}

Result<void> FileSink::Part::startAt(qint64 start) const
{
    const bool isThere =
        ::ftruncate(file.number(), start) == 0 && ::lseek(file.number(), start, SEEK_SET) == start;
    return isThere ? Result<void>() : lastFailure();
}

Result<void> FileSink::Part::write(const QByteArray& bytes) const
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t length =
            ::write(file.number(), bytes.constData() + written, size_t(bytes.size() - written));
        if (length < 0 && errno != EINTR)
            return lastFailure();
        written += qMax<ssize_t>(length, 0);
    }
    return {};
}

Result<void> FileSink::Part::commit() const
{
    return ::fsync(file.number()) == 0 ? Result<void>() : lastFailure();
}

FileSink::FileSink(QString path, QThreadPool& pool)
    : m_part(std::make_shared<Part>(std::move(path))), m_pool(pool)
{}

QFuture<Result<qint64>> FileSink::open()
{
    return QtConcurrent::run(&m_pool, [part = m_part] { return part->open(); });
}

QFuture<Result<void>> FileSink::startAt(qint64 start)
{
    return QtConcurrent::run(&m_pool, [part = m_part, start] { return part->startAt(start); });
}

QFuture<Result<void>> FileSink::write(const QByteArray& bytes)
{
    return QtConcurrent::run(&m_pool, [part = m_part, bytes] { return part->write(bytes); });
}

QFuture<Result<void>> FileSink::commit()
{
    return QtConcurrent::run(&m_pool, [part = m_part] { return part->commit(); });
}

} // namespace vitrine::api
