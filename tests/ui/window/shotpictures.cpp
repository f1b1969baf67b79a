// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/shotpictures.h"

#include "tests/support/pictures.h"

#include <QFileInfo>
#include <QImage>

namespace vitrine::test {

using namespace Qt::StringLiterals;

QStringList samples(const QDir& scratch)
{
    const QDir directory(QStringLiteral(VITRINE_SOURCE_DIR "/resources/samples"));
    QStringList paths;
    const QStringList names = directory.entryList({u"*.jpg"_s, u"*.png"_s}, QDir::Files);
    for (const QString& name : names)
        paths += directory.filePath(name);
    for (int i = int(paths.size()); i < 8; ++i) {
        const QSize size = i % 3 == 0 ? QSize(600, 800) : QSize(1200, 800);
        paths += writeTo(scratch.path(), u"Painting %1.jpg"_s.arg(i), jpeg(picture(size, i + 1)));
    }
    return paths;
}

QStringList others(const QStringList& paths, const QDir& scratch)
{
    const QDir photographs(u"/usr/share/backgrounds/mate/nature"_s);
    QStringList found;
    for (const char* name : {"Dune", "GreenMeadow", "TwoWings", "Wood", "YellowFlower"}) {
        const QString path = photographs.filePath(QLatin1StringView(name) + ".jpg"_L1);
        if (QFileInfo::exists(path))
            found += path;
    }
    if (!found.isEmpty())
        return found;
    QStringList parts;
    for (const QString& path : paths) {
        const QImage whole(path);
        const QRect part(whole.width() / 5, whole.height() / 8, whole.width() * 3 / 5,
                         whole.height() * 3 / 4);
        parts += writeTo(scratch.path(), u"Part of "_s + QFileInfo(path).fileName(),
                         jpeg(whole.copy(part)));
    }
    return parts;
}

QStringList mirrored(const QStringList& paths, const QDir& scratch)
{
    QStringList fresh;
    for (const QString& path : paths)
        fresh += writeTo(scratch.path(), u"New "_s + QFileInfo(path).fileName(),
                         jpeg(QImage(path).mirrored(true, false)));
    return fresh;
}

} // namespace vitrine::test
