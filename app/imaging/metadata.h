// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
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

struct Stripped {
    QByteArray bytes;
    QList<MetadataKind> removed;
};

} // namespace vitrine::imaging
