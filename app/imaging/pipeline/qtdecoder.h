// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/decoder.h"

#include <QImageReader>

namespace vitrine::imaging {

/// Prepares a reader for exactly this format: which plugin sees untrusted bytes is our choice.
/// \a reader works on \a device, which has to outlive it.
void setUpReader(QImageReader& reader, QIODevice* device, Format format);

/// As decode(), with Qt's readers, always at full size: with a scaled size they decode everything
/// all the same, but skip their own check of how much that is. A picture that ends early is
/// refused, because its missing part would be memory nobody wrote.
Result<Decoded> decodeWithQt(QByteArrayView bytes, const ImageInfo& info);

} // namespace vitrine::imaging
