// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/probe.h"

#include <QByteArray>
#include <QList>
#include <QLocale>
#include <QString>

namespace vitrine::imaging {

/// What a file says about its owner besides the picture, in kinds that a person can weigh.
enum class MetadataKind {
    Location,
    SerialNumber,
    OwnerName,
    Thumbnail,     ///< a small copy, which may show what was cropped away since
    HiddenPicture, ///< a second picture or a film that nobody sees: further pages, depth, motion
    EditHistory,
    Other
};

struct MetadataReport {
    QList<MetadataKind> kinds; ///< each at most once, in the order of the enum
    QString altText;           ///< IPTC AltTextAccessibility, else the description; may be empty
};

/// Reads what the file carries. \a languages (BCP 47, the best first) choose among the texts of
/// several languages; the standard text comes next, then any. Never fails: what cannot be read is
/// not reported. Any thread.
MetadataReport readMetadata(QByteArrayView bytes,
                            const QStringList& languages = QLocale().uiLanguages());

struct Stripped {
    QByteArray bytes;
    QList<MetadataKind> removed;
};

/// The same picture without what tells about its owner: pixels bit for bit the same, colour
/// profile and orientation kept. JPEG keeps only the markers that make the picture (JFIF, Adobe,
/// ICC, a minimal EXIF with the orientation) and ends at EOI; PNG keeps the critical chunks and
/// those of colour and transparency; WebP and GIF keep frames, colours and timing; TIFF keeps the
/// fields and the pixels of the first page; HEIC and AVIF keep the picture to show, its parts and
/// its alpha channel. Whatever follows the end of the picture goes.
/// The same bytes in give the same bytes out. Errors: DamagedImage; UnsupportedImage where it
/// cannot be told what belongs to the picture (raw files, films, unusual codings): convert it.
/// Any thread.
Result<Stripped> stripMetadata(QByteArrayView bytes, Format format);

/// The same file with \a text as its standard alt text (XMP, Iptc4xmpCore:AltTextAccessibility);
/// texts in other languages and everything else stay. An empty \a text takes the standard one out.
/// Pixels are not touched. Errors: UnsupportedImage (GIF, BMP, HEIC and AVIF have no place that can
/// be written), DamagedImage. Any thread.
Result<QByteArray> writeAltText(QByteArrayView bytes, Format format, const QString& text);

} // namespace vitrine::imaging
