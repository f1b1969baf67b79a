// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/filelock.h"
#include "app/base/result.h"

#include <QString>

#include <optional>

namespace vitrine::transfer {

/// Tells which rows of a database shared by processes are being worked on: each process has a name,
/// and a file of that name, locked for as long as it lives. One thread. Blocks on the disk.
class Ownership
{
public:
    /// \a directory holds the files of all owners; it is made when first needed.
    explicit Ownership(QString directory);
    /// Whoever looks sees orphans from now on.
    ~Ownership();

    QString self() const { return m_self; }
    /// Before the first row is written under self(). Errors: PermissionDenied, DiskFull, Storage.
    Result<void> take();
    /// Whether the process of that name has ended.
    bool isOrphan(const QString& owner) const;
    /// Whether any process has taken its place among the owners of \a directory and is there still.
    static bool isAnyoneThere(const QString& directory);

private:
    const QString m_directory;
    const QString m_self;
    std::optional<FileLock> m_lock;
};

} // namespace vitrine::transfer
