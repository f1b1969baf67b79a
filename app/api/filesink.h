// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QString>
#include <QThreadPool>

#include <memory>

namespace vitrine::api {

/// A part file that a body grows in, on \a pool, and that stays when the body breaks off, so that
/// it can be gone on with: also by another process. Dropped before anything is in it, it leaves no
/// file. One call at a time.
/// Errors: NotFound (the directory is gone), PermissionDenied, DiskFull, NotARegularFile (what
/// stands there is no file), Storage.
class FileSink
{
public:
    /// \a pool must outlive the sink and what it started. \a path is never followed where it is a
    /// symbolic link.
    FileSink(QString path, QThreadPool& pool);

    /// Makes the file, or opens the one that is there; gives how many bytes it has.
    QFuture<Result<qint64>> open();
    /// What is written from now on stands at \a start; what was there and behind it is gone.
    QFuture<Result<void>> startAt(qint64 start);
    QFuture<Result<void>> write(const QByteArray& bytes);
    /// A power cut takes nothing of it back from now on.
    QFuture<Result<void>> commit();

private:
    struct Part;

    const std::shared_ptr<Part> m_part; // shared with the work on the pool
    QThreadPool& m_pool;
};

} // namespace vitrine::api
