// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/watchedfolder.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace vitrine::watching {

const WatchedFolder* folderFor(const QString& path, const QList<WatchedFolder>& folders)
{
    const WatchedFolder* innermost = nullptr;
    for (const WatchedFolder& folder : folders) {
        const bool isInner = !innermost || folder.path.size() > innermost->path.size();
        if (isInner &&
            path.startsWith(folder.path.endsWith(u'/') ? folder.path : folder.path + u'/'))
            innermost = &folder;
    }
    return innermost;
}

bool isStricter(const WatchedFolder& left, const WatchedFolder& right)
{
    if (left.handling != right.handling)
        return left.handling == WatchedFolder::Handling::Proposed;
    return left.isPrivate && !right.isPrivate;
}

QList<FileStamp> eachOnce(const QList<FileStamp>& stamps, const QList<WatchedFolder>& folders)
{
    using Identity = std::tuple<quint64, quint64, qint64, qint64>;
    std::map<Identity, qsizetype> placeOf;
    QList<FileStamp> files;
    for (const FileStamp& stamp : stamps) {
        const auto [known, isNew] = placeOf.try_emplace(
            {stamp.device, stamp.inode, stamp.size, stamp.changed}, files.size());
        if (isNew) {
            files += stamp;
            continue;
        }
        FileStamp& other = files[known->second];
        const WatchedFolder* folder = folderFor(stamp.path, folders);
        const WatchedFolder* others = folderFor(other.path, folders);
        if (folder && others && isStricter(*folder, *others))
            other = stamp;
    }
    return files;
}

QList<FileStamp> presentIn(const WatchedFolder& folder, QList<WatchedFolder> known,
                           QList<FileStamp> pictures)
{
    const bool isKnown = std::any_of(known.begin(), known.end(), [&](const WatchedFolder& each) {
        return each.path == folder.path;
    });
    if (isKnown)
        return {};
    known += folder;
    pictures.removeIf(
        [&](const FileStamp& stamp) { return folderFor(stamp.path, known)->path != folder.path; });
    return pictures;
}

} // namespace vitrine::watching
