// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace vitrine::bench {

/// One JPEG of the corpus, as a camera of 12 to 24 megapixels writes it: quality 90, 4:2:0.
struct Photo {
    QString path;
    bool isProgressive = false; ///< every sixth
};

/// 24 photographs made of those in Debian's wallpaper packages (mate-backgrounds,
/// lomiri-wallpapers-20.04, plasma-workspace-wallpapers), kept in the build folder. Made once,
/// which takes a minute; empty if the packages are not installed.
QList<Photo> photos();

} // namespace vitrine::bench
