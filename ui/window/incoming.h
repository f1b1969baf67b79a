// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>

#include <optional>

class QMimeData;

namespace vitrine::ui {

/// What a drop or the clipboard brings.
struct Incoming {
    QStringList paths; ///< of local files and directories; unchecked
    QImage image;      ///< pixels without a file; only if there are no paths

    bool isEmpty() const { return paths.isEmpty() && image.isNull(); }
};

/// Whether there is something to share, without converting any of it: for every move of a drag.
bool carriesImages(const QMimeData& data);

/// How many images that is, as far as their names tell; none if there may be others among them
/// (a folder). Touches no file.
std::optional<int> imageCount(const QMimeData& data);

/// Files go before pixels: a file keeps its name and quality.
Incoming incomingFrom(const QMimeData& data);

} // namespace vitrine::ui
