// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QString>

namespace vitrine::bench {

/// One JPEG of the corpus, as a camera of 12 to 24 megapixels writes it: quality 90, 4:2:0, 5 MB.
struct Photo {
    QString path;
    bool isProgressive = false; ///< every sixth
};

/// 24 photographs made of those in Debian's wallpaper packages (mate-backgrounds,
/// lomiri-wallpapers-20.04, plasma-workspace-wallpapers), kept in the build folder. Made once,
/// which takes some minutes; empty if the packages are not installed.
QList<Photo> photos();

/// One of their pictures as it comes, by its name below /usr/share; null if it is not installed.
QImage installedPhoto(const QString& name);

} // namespace vitrine::bench
