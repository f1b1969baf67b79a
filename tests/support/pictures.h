// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

namespace vitrine::test {

/// A picture with shapes and gradients that survives JPEG; different for every \a seed.
QImage picture(QSize size, int seed = 1);

QByteArray jpeg(const QImage& image, int quality = 90);
QByteArray png(const QImage& image);

/// Inserts an EXIF segment with the given orientation and, if asked, a GPS position and a serial
/// number, after the SOI of \a jpeg.
QByteArray withExif(const QByteArray& jpeg, int orientation, bool withSecrets = false);

/// Writes \a bytes to \a directory/\a name and gives the path.
QString writeTo(const QString& directory, const QString& name, const QByteArray& bytes);

} // namespace vitrine::test
