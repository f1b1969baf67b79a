// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/imageinfo.h"

#include <QByteArray>

namespace vitrine::imaging {

/// The two things of EXIF that showing a picture needs. Exiv2 reads the rest (see metadata.cpp):
/// this is on the path of every decode and reads some hundred bytes.
struct ExifSummary {
    int orientation = 1;      ///< 1 to 8
    QByteArrayView thumbnail; ///< a JPEG, still unchecked; empty if there is none
};

/// \a tiff is an EXIF block from its byte-order mark on, or a whole TIFF file.
ExifSummary readExif(QByteArrayView tiff);

/// The EXIF block inside a file, from its byte-order mark on; empty if there is none. A view into
/// \a bytes.
QByteArrayView exifBlock(QByteArrayView bytes, Format format);

/// An EXIF block that holds an orientation and nothing else.
QByteArray minimalExif(int orientation);

} // namespace vitrine::imaging
