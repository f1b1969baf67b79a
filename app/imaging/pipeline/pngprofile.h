// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vitrine::imaging {

/// The ICC profile in the data of an iCCP chunk of PNG; behind it whatever stands behind its
/// stream. Empty if it cannot be unpacked, or only to more than any profile has.
QByteArray profileOfPngChunk(QByteArrayView data);

/// An iCCP chunk, under a name that says nothing.
QByteArray makePngProfileChunk(const QByteArray& profile);

} // namespace vitrine::imaging
