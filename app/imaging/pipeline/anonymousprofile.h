// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/metadata.h"

#include <QByteArray>
#include <QSet>

namespace vitrine::imaging {

/// The same colours in an ICC profile (ICC.1:2022) that tells nothing of a device or a person. Kept
/// are the tags that transforms are made from, byte for byte, and of the header what says how to
/// use them. Maker, model, serial number, measurements, private tags, date, identifiers, and what
/// stands between the tags or behind the end are not copied; the name, too, is replaced, unless it
/// is that of well-known colours, and so is the copyright. What is anonymous stays as it is.
/// Errors: UnsupportedImage, see readIccTags(). Any thread.
Result<QByteArray> anonymousProfile(QByteArrayView profile);

/// What anonymousProfile() would take out that tells something, or could. That is not what every
/// profile has: name, copyright, date. Other for a profile that cannot be read. Any thread.
QSet<MetadataKind> profileKinds(QByteArrayView profile);

} // namespace vitrine::imaging
