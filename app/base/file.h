// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

#include <memory>

class QFile;
class QSaveFile;

namespace vitrine {

/// The name by which the kernel knows \a path. A name on the disk can have bytes that are no text;
/// shown, each of them is U+FFFD. Such a part stands for the one entry of its directory that is
/// shown like it, where there is exactly one. Blocks.
QByteArray nativePath(const QString& path);

/// Opens a regular file for reading. Follows symbolic links; never blocks on a pipe or device.
/// Errors: NotFound, PermissionDenied, NotARegularFile, EmptyFile, TooLarge (over \a limit bytes),
/// Storage. Blocks on the file system: not for the GUI thread.
Result<std::unique_ptr<QFile>> openFile(const QString& path, qint64 limit);

/// Reads a whole regular file. Errors: as openFile(), and Busy (it grew or shrank meanwhile:
/// somebody is writing it). Blocks on the file system: not for the GUI thread.
Result<QByteArray> readFile(const QString& path, qint64 limit);

/// Reads \a size bytes of an open file from \a start on; false if they are not all there, with
/// errno as it was, or if they cannot be read, with errno telling why. Blocks.
bool readAt(int descriptor, qint64 start, char* to, qint64 size);

/// Writes all \a bytes into an open file from \a start on; else errno says why not. Blocks.
bool writeAt(int descriptor, qint64 start, QByteArrayView bytes);

/// Makes \a path hold \a bytes, whole or not at all: temporary name, fsync, rename, fsync of the
/// directory. Mode 0600. Errors: PermissionDenied, DiskFull, Storage. Blocks.
Result<void> writeFile(const QString& path, const QByteArray& bytes);

/// What errno \a code says about \a path: NotFound, PermissionDenied, NotARegularFile, DiskFull or
/// Storage.
Error fileError(int code, const QString& path);

/// The same of a file that is read: NotFound also where the drive that it is on, or the network,
/// does not answer.
Error readError(int code, const QString& path);

/// The same of a file of our own, in a place of our own: that it is missing or no file is a trouble
/// of the disk, too. PermissionDenied, DiskFull or Storage.
Error ownFileError(int code, const QString& path);

/// Makes names that appeared in the directory of \a path survive a power cut. Blocks.
void syncDirectoryOf(const QString& path);

/// Finishes \a file so that a power cut takes nothing back: fsync, rename, fsync of the directory.
/// Errors: as writeFile(). Blocks.
Result<void> commitDurably(QSaveFile& file);

} // namespace vitrine
