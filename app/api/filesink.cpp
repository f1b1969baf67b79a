// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/filesink.h"

#include "app/base/file.h"

#include <QFileInfo>
#include <QtConcurrentRun>

#include <cerrno>

namespace vitrine::api {
namespace {

Result<void> lastFailure(const QString& path)
{
    return failure(fileError(errno, path));
}

} // namespace

FileSink::FileSink(const QString& path, QThreadPool& pool)
    : m_file(std::make_shared<QSaveFile>(path)), m_pool(pool)
{}

QFuture<Result<void>> FileSink::open()
{
    return QtConcurrent::run(&m_pool, [file = m_file]() -> Result<void> {
        // A rename would silently put a file in the place of a device or a pipe.
        if (const QFileInfo target(file->fileName()); target.exists() && !target.isFile())
            return failure(ErrorKind::NotARegularFile, file->fileName());
        errno = 0;
        return file->open(QIODevice::WriteOnly) ? Result<void>() : lastFailure(file->fileName());
    });
}

QFuture<Result<void>> FileSink::write(const QByteArray& bytes)
{
    return QtConcurrent::run(&m_pool, [file = m_file, bytes]() -> Result<void> {
        errno = 0;
        const bool isWritten = file->write(bytes) == bytes.size() && file->flush();
        return isWritten ? Result<void>() : lastFailure(file->fileName());
    });
}

QFuture<Result<void>> FileSink::commit()
{
    return QtConcurrent::run(&m_pool, [file = m_file] { return commitDurably(*file); });
}

} // namespace vitrine::api
