// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QDateTime>
#include <QList>

namespace vitrine::transfer {

/// Which bytes of an image are brought here.
enum class Copy {
    Highres, ///< fit 2000×2000; counts as a download
    Original ///< the uploaded bytes; the owner's, does not count
};

/// What happens to a copy's metadata.
enum class Alt {
    Untouched,
    Written ///< the image's alt text is written into the file, if it has one and there is a
            ///< place for it
};

/// What was learnt of a body while it came, so that it can be gone on with.
struct BodySource {
    QString address;  ///< Highres: signed, without the origin of the own server; empty: none yet
    QByteArray etag;  ///< of the bytes that are there; empty: they cannot be gone on with
    qint64 bytes = 0; ///< in all; 0 while unknown
};

/// One of the images that go into a zip.
struct ZipItem {
    protocol::Image image; ///< id, name, alt, sha256, uploaded
    BodySource source;
    bool isWhole = false; ///< its part is as it goes into the zip
    QString type;         ///< the server's media type, once it is whole
};

/// One download that a person asked for, with all that another run needs to go on with it.
struct DownloadJob {
    QString key;           ///< UUID
    QString directory;     ///< where the file goes
    QString part;          ///< path of the file while it is not whole, in the same directory
    protocol::Image image; ///< as far as the download needs it: id, name, alt, sha256
    Copy copy = Copy::Highres;
    Alt alt = Alt::Untouched;
    bool isZip = false;   ///< many images in one file: part is the folder of their parts
    QList<ZipItem> items; ///< of a zip
    BodySource source;    ///< of a single image
    QDateTime created;    ///< UTC
};

/// Whether something of it has come that another run can go on with.
bool hasBegun(const DownloadJob& job);
/// What tells two jobs to be of the same: what came for one of them serves the other.
QString targetOf(const DownloadJob& job);

} // namespace vitrine::transfer
