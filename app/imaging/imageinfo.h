// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

namespace vitrine::imaging {

enum class Format { Jpeg, Png, Gif, WebP, Tiff, Bmp, Heic, Avif };

/// What is refused before any pixel is decoded. The defaults are the embedded backend's.
struct Limits {
    qint64 bytes = 50'000'000;
    qint64 pixels = 200'000'000; ///< width × height
    int side = 30'000;           ///< pixels
    int frames = 2'000;          ///< of an animation: more than a minute at 30 a second
    /// Of a picture over kHarmlessPixels. A blank scan, the emptiest honest picture, has some 1000
    /// as PNG: deflate gives 1032 bytes for one at most.
    qint64 pixelsPerByte = 2'000;

    bool operator==(const Limits&) const = default;
};

/// What decodes in a moment, however few bytes it takes.
inline constexpr qint64 kHarmlessPixels = 16'000'000;

/// What the first bytes of a file tell.
struct ImageInfo {
    Format format = Format::Jpeg;
    QSize size;          ///< pixels as shown: the EXIF orientation is applied
    int orientation = 1; ///< EXIF, 1 to 8
    bool isProgressive = false;
    bool isAnimated = false;
    int frames = 1; ///< as many as the file says
};

/// Media type, "image/jpeg".
QString mediaType(Format format);
/// Media types of what probe() lets through.
QStringList readableTypes();

} // namespace vitrine::imaging
