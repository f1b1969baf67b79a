// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/probe.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace vitrine::imaging {

/// What a file says about its owner besides the picture, in kinds that a person can weigh.
enum class MetadataKind { Location, SerialNumber, OwnerName, Thumbnail, EditHistory, Other };

struct MetadataReport {
    QList<MetadataKind> kinds; ///< each at most once, in the order of the enum
    QString altText;           ///< IPTC AltTextAccessibility, else the description; may be empty
};

/// Reads what the file carries. Never fails: what cannot be read is not reported. Any thread.
MetadataReport readMetadata(QByteArrayView bytes);

struct Stripped {
    QByteArray bytes;
    QList<MetadataKind> removed;
};

/// The same picture without what tells about its owner: pixels bit for bit the same, colour
/// profile and orientation kept. JPEG keeps only the markers that make the picture (JFIF, Adobe,
/// ICC, a minimal EXIF with the orientation) and ends at EOI; PNG keeps the critical chunks and
/// those of colour and transparency; WebP and GIF keep frames, colours and timing. Whatever follows
/// the end of the picture goes.
/// The same bytes in give the same bytes out. Errors: UnsupportedImage for a format that cannot be
/// stripped yet, DamagedImage. Any thread.
Result<Stripped> stripMetadata(QByteArrayView bytes, Format format);

} // namespace vitrine::imaging
