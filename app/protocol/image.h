// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QSize>
#include <QString>
#include <QUrl>

#include <optional>

namespace vitrine::protocol {

/// One image as a server tells of it. Guests get an empty name and alt text for a private image.
struct Image {
    QString id;
    QUrl previewUrl; ///< absolute; empty where the server gave none
    QString name;    ///< the uploaded file's name, no directory
    QString alt;
    QDateTime uploaded; ///< UTC, milliseconds
    bool isPrivate = false;
    qint64 downloadCount = 0;
    // Not every server tells the following.
    QSize size;             ///< pixels as shown; empty if unknown
    qint64 bytes = 0;       ///< of the original; 0 if unknown
    QString type;           ///< media type of the original
    qint64 revision = 0;    ///< goes up with every edit; 0 if unknown
    QByteArray placeholder; ///< ThumbHash, raw bytes
    QByteArray sha256;      ///< of the original, raw bytes; told to the owner only

    bool operator==(const Image&) const = default;
};

/// A page of the listing; an empty cursor ends it. A page may be empty and still have a cursor.
struct Page {
    QList<Image> images;
    QString cursor;
    int leftOut = 0; ///< items that could not be read: there is more than images tell
};

/// What an owner changes about an image; what is not set stays as it is.
struct ImagePatch {
    std::optional<QString> alt;
    std::optional<bool> isPrivate;

    bool operator==(const ImagePatch&) const = default;
};

QJsonObject toJson(const Image& image);
QJsonObject toJson(const Page& page);
QJsonObject toJson(const ImagePatch& patch);

/// Errors: BadAnswer, when a field without which the image is of no use is missing or mistyped
/// (id, uploaded, isPrivate). Anything else that is odd is left at its default.
Result<Image> imageFromJson(const QJsonObject& object);
/// Leaves out what it cannot read of single items, and says so: the image that was meant may be
/// there still. Errors: BadAnswer, for a page that is none (images are no list of objects, a cursor
/// is no text) or that has more than a few such items.
Result<Page> pageFromJson(const QJsonObject& object);
/// Errors: InvalidInput, for unknown members, wrong types and an empty patch.
Result<ImagePatch> patchFromJson(const QJsonObject& object);

} // namespace vitrine::protocol

Q_DECLARE_TYPEINFO(vitrine::protocol::Image, Q_RELOCATABLE_TYPE);
