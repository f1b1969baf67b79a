// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QDateTime>
#include <QSet>

#include <memory>

namespace vitrine::transfer {

/// Writes a zip file, one file after the other, none of them in memory as a whole. Pictures are
/// compressed in themselves and are stored as they are. Names are UTF-8, and the file may be of any
/// size (Zip64). Not whole before finish(). Blocks on the disk; one thread at a time.
/// Errors: PermissionDenied, DiskFull, Storage.
class ZipWriter
{
public:
    /// Makes the file, in place of what may be there.
    static Result<std::unique_ptr<ZipWriter>> create(const QString& path);
    ~ZipWriter();

    /// Appends the bytes of \a file under \a name, or "name (2)" if that is taken; upper and lower
    /// case make no difference where it may be unpacked. \a time is what the entry is dated.
    Result<void> add(const QString& file, const QString& name, const QDateTime& time);
    /// Writes the directory, and all of it to the disk.
    Result<void> finish();

private:
    explicit ZipWriter(QString path, void* zip);
    QString uniqueName(const QString& name);
    Result<void> copy(const QString& file);
    tl::unexpected<Error> lastFailure() const;

    const QString m_path;
    void* m_zip = nullptr; // minizip's zipFile; null once it is closed
    QSet<QString> m_names; // folded
};

} // namespace vitrine::transfer
