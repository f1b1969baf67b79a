// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/filelock.h"
#include "app/base/result.h"

#include <QUrl>

namespace vitrine::backend {

/// The claim of one process to a data directory: a lock on "lock" in it, and "endpoint.json", which
/// tells the others where it is served. The kernel drops the claim with the process, however it
/// ends.
class DataLock
{
public:
    /// Errors: Busy (another one has it), PermissionDenied, DiskFull, Storage.
    static Result<DataLock> acquire(const QString& directory);
    ~DataLock();
    DataLock(DataLock&& other) noexcept;
    DataLock& operator=(DataLock&&) = delete;

    /// Tells others the address, which is bare HTTP to a numeric loopback one. Errors: as
    /// writeFile().
    Result<void> publish(const QUrl& url);

    /// What the holder published. Errors: NotFound (nobody holds the lock), Busy (somebody does and
    /// has not published yet), Storage (what stands there leads off this machine or nowhere), and
    /// those of readFile().
    static Result<QUrl> published(const QString& directory);

private:
    DataLock(QString directory, FileLock lock);

    QString m_directory; ///< empty: moved from
    FileLock m_lock;
};

} // namespace vitrine::backend
