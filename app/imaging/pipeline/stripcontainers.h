// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"

#include <QByteArray>

/// One function a container; each gives the bytes of the same picture without what tells about its
/// owner, the same bytes for the same input. \a orientation (EXIF, 1 to 8) is what has to be kept.
/// Errors: DamagedImage, UnsupportedImage.
namespace vitrine::imaging {

Result<QByteArray> stripJpeg(QByteArrayView bytes, int orientation);
Result<QByteArray> stripPng(QByteArrayView bytes, int orientation);
Result<QByteArray> stripWebP(QByteArrayView bytes, int orientation);
Result<QByteArray> stripGif(QByteArrayView bytes);
Result<QByteArray> stripBmp(QByteArrayView bytes);
Result<QByteArray> stripTiff(QByteArrayView bytes);
Result<QByteArray> stripHeif(QByteArrayView bytes);

} // namespace vitrine::imaging
