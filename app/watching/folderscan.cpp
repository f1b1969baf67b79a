// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/folderscan.h"

#include "app/base/file.h"
#include "app/base/sha256.h"
#include "app/transfer/pathlist.h"

#include <QFile>
#include <QFileInfo>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace vitrine::watching {
namespace {

// statfs(2); those that linux/magic.h leaves out.
constexpr long kCifs = 0xFF534D42L;
constexpr long kFuse = 0x65735546L; // sshfs and the like
constexpr std::array kNetworks{long(NFS_SUPER_MAGIC),
                               long(SMB_SUPER_MAGIC),
                               long(SMB2_SUPER_MAGIC),
                               long(AFS_SUPER_MAGIC),
                               long(V9FS_MAGIC),
                               long(CEPH_SUPER_MAGIC),
                               kCifs,
                               kFuse};

bool isOnNetwork(const QByteArray& path)
{
    struct statfs status = {};
    return ::statfs(path.constData(), &status) == 0 &&
           std::find(kNetworks.begin(), kNetworks.end(), long(status.f_type)) != kNetworks.end();
}

std::optional<FileStamp> stampFrom(const QString& path, const struct stat& status)
{
    if (!S_ISREG(status.st_mode))
        return std::nullopt;
    constexpr qint64 second = 1'000'000'000;
    return FileStamp{path, quint64(status.st_dev), quint64(status.st_ino), qint64(status.st_size),
                     qint64(status.st_mtim.tv_sec) * second + status.st_mtim.tv_nsec};
}

Error asFolderError(Error error)
{
    if (error.kind == ErrorKind::NotFound)
        error.kind = ErrorKind::NoSuchFolder;
    return error;
}

void addStamps(FolderScan& scan, const QStringList& files, const std::stop_token& stop)
{
    for (const QString& path : files) {
        if (stop.stop_requested())
            return;
        if (const auto stamp = stampOf(path))
            scan.pictures += *stamp;
        else if (stamp.error().kind == ErrorKind::Storage) // it is there, for all that is known
            scan.troubles += stamp.error();
    }
}

} // namespace

Result<FolderScan> scanFolder(const QString& folder, const std::stop_token& stop)
{
    const QByteArray name = QFile::encodeName(folder);
    struct stat status = {};
    if (::stat(name.constData(), &status) != 0)
        return failure(asFolderError(readError(errno, folder)));
    if (!S_ISDIR(status.st_mode))
        return failure(ErrorKind::NoSuchFolder, folder);
    if (!QFileInfo(folder).isReadable())
        return failure(ErrorKind::PermissionDenied, folder);
    const transfer::DirectoryContent content = transfer::contentOf(folder, stop);
    FolderScan scan{{}, content.directories, isOnNetwork(name), {}};
    for (const Error& trouble : content.troubles)
        scan.troubles += asFolderError(trouble);
    addStamps(scan, content.pictures, stop);
    return scan;
}

Result<FileStamp> stampOf(const QString& path)
{
    struct stat status = {};
    if (::stat(nativePath(path).constData(), &status) != 0)
        return failure(fileError(errno, path));
    if (const auto stamp = stampFrom(path, status))
        return *stamp;
    return failure(ErrorKind::NotARegularFile, path);
}

Result<QByteArray> hashOf(const FileStamp& stamp)
{
    const auto file = openFile(stamp.path, std::numeric_limits<qint64>::max());
    if (!file)
        return failure(file.error());
    const auto digest = sha256OfRest(**file);
    if (const auto after = stampOf(stamp.path); after != Result<FileStamp>(stamp))
        return failure(ErrorKind::Busy, stamp.path);
    if (!digest)
        return failure(ErrorKind::Storage, stamp.path);
    return *digest;
}

} // namespace vitrine::watching
