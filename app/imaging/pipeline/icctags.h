// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"

#include <QByteArrayView>
#include <QList>

namespace vitrine::imaging {

/// More than any profile has: the largest, of printing presses, have some 3 MB.
inline constexpr qsizetype kMostProfileBytes = 8'000'000;
inline constexpr qsizetype kIccHeaderSize = 128;
inline constexpr qsizetype kIccEntrySize = 12; ///< of the tag table, which begins with their count

/// A tag of an ICC profile (ICC.1:2022, section 7.3).
struct IccTag {
    QByteArrayView signature; ///< four characters
    QByteArrayView data;      ///< from its type on; tags that share their data have the same view
};

/// Checks the header and reads the tag table of a profile up to version 4, as a picture can carry
/// it. Bytes behind the size that it tells do not matter. The views are into \a profile.
/// Errors: UnsupportedImage for what is no such profile, cut off, or larger than kMostProfileBytes,
/// for tags that are not inside, come twice, or lie in one another.
Result<QList<IccTag>> readIccTags(QByteArrayView profile);

/// The part of a tag's data that readers look at: as much as its type says that it needs. All of it
/// for types whose parts may stand anywhere in it (lutAToB, multiProcessElements) and unknown ones.
QByteArrayView iccUsedData(QByteArrayView data);

/// The text of a tag of type text or textDescription (ASCII) or multiLocalizedUnicode (the first
/// language); empty for other types, and for what is cut off.
QString iccText(QByteArrayView data);

} // namespace vitrine::imaging
