// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/incoming.h"

#include <QFileInfo>
#include <QMimeData>
#include <QMimeDatabase>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

QStringList localPaths(const QMimeData& data)
{
    QStringList paths;
    const QList<QUrl> urls = data.urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths += url.toLocalFile();
    }
    return paths;
}

bool isOfImages(const QString& suffix)
{
    const QMimeType type =
        QMimeDatabase().mimeTypeForFile(u"a."_s + suffix, QMimeDatabase::MatchExtension);
    return type.name().startsWith("image/"_L1);
}

} // namespace

bool carriesImages(const QMimeData& data)
{
    return data.hasImage() || (data.hasUrls() && !localPaths(data).isEmpty());
}

std::optional<int> imageCount(const QMimeData& data)
{
    const QStringList paths = localPaths(data);
    if (paths.isEmpty())
        return data.hasImage() ? 1 : 0;
    QSet<QString> suffixes; // of twenty thousand files each name would take too long
    for (const QString& path : paths)
        suffixes.insert(QFileInfo(path).suffix());
    if (!std::all_of(suffixes.begin(), suffixes.end(), isOfImages))
        return std::nullopt;
    return int(paths.size());
}

Incoming incomingFrom(const QMimeData& data)
{
    Incoming incoming{localPaths(data), {}};
    if (incoming.paths.isEmpty() && data.hasImage())
        incoming.image = qvariant_cast<QImage>(data.imageData());
    return incoming;
}

} // namespace vitrine::ui
