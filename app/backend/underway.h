// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QFile>
#include <QList>

#include <mutex>
#include <vector>

namespace vitrine::backend {

/// Notes of pictures that are about to change: their digests, in a file of places that are used
/// again and again. A file for each note would be made and removed with every upload, which costs
/// some file systems more than the picture itself.
/// Any thread; one object a file writes at a time.
class UnderWay
{
public:
    explicit UnderWay(const QString& path);

    struct Note {
        int place = 0;
        QByteArray digest; ///< raw SHA-256
    };
    /// Errors: PermissionDenied, DiskFull, Storage.
    Result<Note> add(const QByteArray& digest);
    /// Makes those that were added durable. Errors: as add().
    Result<void> sync();
    void remove(const Note& note);

    /// What the file has at the moment, also of another process or an earlier run; nothing where
    /// there is no file. Errors: PermissionDenied, Storage.
    Result<QList<Note>> notes() const;

private:
    Result<void> open();

    const QString m_path;
    std::mutex m_mutex;
    QFile m_file;              // opened with the first note
    std::vector<bool> m_taken; // under m_mutex, by place
};

} // namespace vitrine::backend
