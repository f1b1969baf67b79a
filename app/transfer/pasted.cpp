// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/pasted.h"

#include "app/base/file.h"
#include "app/base/paths.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace vitrine::transfer {
namespace {

QString folderOf(const QString& directory)
{
    return QFileInfo(directory).absoluteFilePath() + u"/pasted/"_s;
}

} // namespace

Result<QString> keepPasted(const QByteArray& bytes, const QString& directory, const QString& name)
{
    // A folder for each: its name stays as it is, whatever else was pasted.
    const QString folder = folderOf(directory) + QUuid::createUuid().toString(QUuid::Id128);
    const QString path = folder + u'/' + name;
    if (auto made = makePrivateDirectory(folder); !made)
        return failure(made.error());
    if (auto written = writeFile(path, bytes); !written) {
        QDir().rmdir(folder);
        return failure(written.error());
    }
    return path;
}

bool isPasted(const QString& path, const QString& directory)
{
    return path.startsWith(folderOf(directory));
}

void sweepPasted(const QString& directory, const QSet<QString>& needed, const QDateTime& time)
{
    QSet<QString> kept;
    for (const QString& path : needed)
        kept.insert(QFileInfo(path).absolutePath());
    const auto folders = QDir(folderOf(directory))
                             .entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QFileInfo& folder : folders) {
        if (folder.lastModified() < time && !kept.contains(folder.absoluteFilePath()))
            QDir(folder.absoluteFilePath()).removeRecursively();
    }
}

void discardPasted(const QString& path)
{
    QFile::remove(path);
    QDir().rmdir(QFileInfo(path).absolutePath());
}

} // namespace vitrine::transfer
