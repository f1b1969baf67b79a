// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"
#include "app/imaging/pipeline/jpegmarkers.h"

namespace vitrine::imaging {

/// Whether a segment holds a part of an ICC profile (ICC.1:2022, annex B.4).
bool isProfileSegment(const JpegSegment& segment);

/// The ICC profile of a JPEG, joined from its segments; empty if there is none. Errors:
/// UnsupportedImage if they are not numbered from 1 up to as many as each says there are.
Result<QByteArray> profileOfJpeg(QByteArrayView jpeg);

/// The segments for \a profile, which is not larger than kMostProfileBytes.
QByteArray makeProfileSegments(QByteArrayView profile);

} // namespace vitrine::imaging
