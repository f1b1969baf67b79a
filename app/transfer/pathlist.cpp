// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/pathlist.h"

#include <QDirIterator>
#include <QFileInfo>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

const QStringList& pictureNames()
{
    static const QStringList names{u"*.jpg"_s, u"*.jpeg"_s, u"*.jpe"_s,  u"*.png"_s,
                                   u"*.gif"_s, u"*.webp"_s, u"*.tif"_s,  u"*.tiff"_s,
                                   u"*.bmp"_s, u"*.heic"_s, u"*.heif"_s, u"*.avif"_s};
    return names;
}

QStringList picturesBelow(const QString& directory)
{
    QStringList files;
    QDirIterator entries(directory, pictureNames(), QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext())
        files.append(entries.next());
    files.sort();
    return files.isEmpty() ? QStringList{directory} : files;
}

} // namespace

QStringList picturesIn(const QStringList& paths)
{
    QStringList files;
    for (const QString& path : paths)
        files += QFileInfo(path).isDir() ? picturesBelow(path) : QStringList{path};
    return files;
}

} // namespace vitrine::transfer
