// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/variants.h"

#include <QByteArray>

#include <array>

/// The same jobs done by us and by others. All take a whole JPEG in memory but OpenCV's imread,
/// which takes its name, and give JPEGs of quality 80; one thread each. A failure ends the program:
/// the pictures are the benchmark's own.
namespace vitrine::bench {

/// Preview, blurred, highres.
using ThreeJpegs = std::array<QByteArray, 3>;

QByteArray ourPreview(QByteArrayView jpeg, imaging::Scaling scaling);
ThreeJpegs ourThree(QByteArrayView jpeg);

/// The least that any thumbnail can cost: libjpeg-turbo's decode at 1/8 and nothing else.
void bareDecode(QByteArrayView jpeg);

/// QImageReader with a scaled size.
QByteArray qtPreview(QByteArrayView jpeg);

/// imread, resize by area, imencode.
QByteArray imreadPreview(const QString& path);
/// The same three times, as somebody writes it who calls it for each variant.
ThreeJpegs imreadThree(const QString& path);

/// vips_thumbnail with its defaults.
QByteArray vipsPreview(QByteArrayView jpeg);
/// One decode at the scale that we choose, too; the preview out of the highres.
ThreeJpegs vipsThree(QByteArrayView jpeg);

/// Once, before any of them: one thread each.
void setUpContenders(const char* program);

} // namespace vitrine::bench
