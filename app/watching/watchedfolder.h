// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QList>
#include <QString>

namespace vitrine::watching {

/// A folder whose new pictures are meant for an account.
struct WatchedFolder {
    /// What happens to a new picture.
    enum class Handling {
        Proposed, ///< somebody looks at it before it leaves
        Shared    ///< it goes out by itself
    };

    QString path; ///< absolute
    Handling handling = Handling::Proposed;
    bool isPrivate = true; ///< of what is shared by itself

    bool operator==(const WatchedFolder&) const = default;
};

/// By what a file is known again without being read.
struct FileStamp {
    QString path;
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;
    qint64 changed = 0; ///< nanoseconds since 1970

    bool operator==(const FileStamp&) const = default;
};

/// A file of a watched folder that was not there before.
struct NewFile {
    FileStamp stamp;
    QByteArray sha256; ///< raw
    QString folder;    ///< WatchedFolder::path
};

/// Of \a folders the one whose rules hold for the file at \a path: the innermost that it is in.
/// nullptr if it is in none.
const WatchedFolder* folderFor(const QString& path, const QList<WatchedFolder>& folders);
/// \a left lets less out than \a right.
bool isStricter(const WatchedFolder& left, const WatchedFolder& right);
/// Folders may lie in each other, or lead to the same place: each file once, by the way on which
/// the stricter rules hold.
QList<FileStamp> eachOnce(const QList<FileStamp>& stamps, const QList<WatchedFolder>& folders);
/// Those of \a pictures that are no news because \a folder is watched from now on, besides those
/// that are \a known.
QList<FileStamp> presentIn(const WatchedFolder& folder, QList<WatchedFolder> known,
                           QList<FileStamp> pictures);

} // namespace vitrine::watching
