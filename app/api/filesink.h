// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QSaveFile>
#include <QThreadPool>

#include <memory>

namespace vitrine::api {

/// A file that grows on \a pool and appears under its name when it is whole: temporary name beside
/// it, fsync, rename. Dropped before commit() it leaves nothing. One call at a time.
/// Errors: PermissionDenied, DiskFull, NotARegularFile (what stands there is no file), Storage.
class FileSink
{
public:
    /// \a pool must outlive the sink and what it started.
    FileSink(const QString& path, QThreadPool& pool);

    QFuture<Result<void>> open();
    QFuture<Result<void>> write(const QByteArray& bytes);
    QFuture<Result<void>> commit();

private:
    const std::shared_ptr<QSaveFile> m_file; // shared with the work on the pool
    QThreadPool& m_pool;
};

} // namespace vitrine::api
