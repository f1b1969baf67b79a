// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/pictures.h"

namespace vitrine::test {

QByteArray webp(const QImage& image);
QByteArray bmp(const QImage& image);
/// \a orientation is EXIF's, stored as the tag that TIFF has for it.
QByteArray tiff(const QImage& image, int orientation = 1);
QByteArray progressiveJpeg(const QImage& image);

/// A GIF of 16×16 pixels with a comment, a repeat count, an unknown application's data and
/// \a frames frames; each frame is one flat colour.
QByteArray gif(int frames = 1);

/// A PNG that says it is \a size, \a bits deep, one channel, and holds no pixels.
QByteArray pngHeader(QSize size, int bits);

/// \a png with another chunk behind its header.
QByteArray withChunk(const QByteArray& png, const QByteArray& type, const QByteArray& data);

/// \a png with an ICC profile, packed as PNG has it.
QByteArray withIccChunk(const QByteArray& png, const QByteArray& profile);

/// \a webp with EXIF and XMP chunks, in the extended format.
QByteArray webpWithExif(const QByteArray& webp, QSize size, int orientation);

/// \a webp in the extended format, with another chunk behind its pixels.
QByteArray webpWithChunk(const QByteArray& webp, QSize size, const QByteArray& type,
                         const QByteArray& data);

/// The still \a webp, \a frames times, as an animation.
QByteArray animatedWebP(const QByteArray& webp, QSize size, int frames);

/// A JPEG with another segment behind SOI.
QByteArray withSegment(const QByteArray& jpeg, int marker, const QByteArray& payload);

/// A TIFF block with an orientation, and the JPEG \a thumbnail if there is one.
QByteArray exifBlock(int orientation, const QByteArray& thumbnail = {});

/// Four quarters: red, green above blue, yellow.
QImage quarters(QSize size);

/// The largest difference of a channel of two pictures of one size.
int largestDifference(const QImage& a, const QImage& b);
/// Peak signal-to-noise ratio, in dB.
double psnr(const QImage& a, const QImage& b);

} // namespace vitrine::test
