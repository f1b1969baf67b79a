// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace vitrine::bench {

struct Source {
    QString path;
    QByteArray sha256; ///< raw
    qint64 bytes = 0;
};
using Sources = QList<Source>;

/// Both: \a count different JPEGs in \a directory, with nothing in them that preparing takes out.

/// 2 megapixels, 0.2 MB: pieces of a photograph.
Sources smallPhotos(const QString& directory, int count);
/// As a camera writes them: 12 to 24 megapixels, 5 MB. Those of photos() again and again, each time
/// with another density written in. Empty if there are none.
Sources cameraPhotos(const QString& directory, int count);

} // namespace vitrine::bench
