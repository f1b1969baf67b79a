// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/imageinfo.h"

#include <QByteArray>
#include <QList>

namespace vitrine::imaging {

/// The ICC profile inside a PNG, WebP or TIFF, still unchecked; empty if there is none. The other
/// formats' decoders read it themselves.
QByteArray embeddedProfile(QByteArrayView bytes, Format format);

/// All ICC profiles of a file, still unchecked.
struct CarriedProfiles {
    QList<QByteArray> profiles; ///< empty ones where they cannot be unpacked or joined
    qsizetype bytes = 0;        ///< that they take in the file, packed as they are
};
CarriedProfiles carriedProfiles(QByteArrayView bytes, Format format);

} // namespace vitrine::imaging
