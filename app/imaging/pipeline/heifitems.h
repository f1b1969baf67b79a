// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/pipeline/isoboxes.h"

#include <QList>

namespace vitrine::imaging {

/// One part of a HEIF file (ISO/IEC 23008-12): a coded picture, a grid of them, EXIF, XMP.
struct HeifItem {
    struct Property {
        qsizetype index = 0; ///< into HeifFile::properties
        bool isEssential = false;
    };
    quint32 id = 0;
    QByteArrayView type; ///< four characters: "hvc1", "av01", "grid", "Exif", "mime"…
    QByteArrayView mime; ///< media type, for "mime"
    bool isHidden = false;
    QList<Property> properties;
    QList<QByteArrayView> extents; ///< its data, one behind the other
};

/// "This item is a thumbnail (auxiliary, a description, part) of those."
struct HeifReference {
    QByteArrayView type; ///< "thmb", "auxl", "cdsc", "dimg"…
    quint32 from = 0;
    QList<quint32> to;
};

/// What a HEIC or AVIF file holds; views into its bytes.
struct HeifFile {
    QByteArrayView brands; ///< body of the file type box
    quint32 primary = 0;   ///< id of the picture to show
    QList<HeifItem> items;
    QList<HeifReference> references;
    QList<IsoBox> properties;

    const HeifItem* item(quint32 id) const;
};

/// Reads the structure, no pixels. Errors: DamagedImage; UnsupportedImage for films and for files
/// whose parts are elsewhere or in one another.
Result<HeifFile> readHeif(QByteArrayView bytes);

/// The ICC profile in \a property; none unless it is a colour box ("colr") that holds one.
std::optional<QByteArrayView> profileOfColourBox(const IsoBox& property);

/// The TIFF block of the first EXIF item, from its byte-order mark on; empty if there is none.
QByteArray exifOf(const HeifFile& file);
/// The first XMP packet; empty if there is none.
QByteArray xmpOf(const HeifFile& file);

} // namespace vitrine::imaging
