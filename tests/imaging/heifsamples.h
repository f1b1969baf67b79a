// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace vitrine::test {

/// What a HEIC or AVIF says besides its pixels.
struct HeifFacts {
    int orientation = 1; ///< as irot and imir, with EXIF's numbers
    int exif = 0;        ///< an orientation in EXIF, which must not count; 0 for no EXIF
    QByteArray profile;  ///< ICC
    int primaries = 0;   ///< code point of ITU-T H.273 instead of a profile; 0 for none
};

QByteArray heic(const QImage& image, const HeifFacts& facts = {});
QByteArray avif(const QImage& image, const HeifFacts& facts = {});

} // namespace vitrine::test
