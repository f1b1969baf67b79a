// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/imageinfo.h"

using namespace Qt::StringLiterals;

namespace vitrine::imaging {

QString mediaType(Format format)
{
    switch (format) {
    case Format::Jpeg:
        return u"image/jpeg"_s;
    case Format::Png:
        return u"image/png"_s;
    case Format::Gif:
        return u"image/gif"_s;
    case Format::WebP:
        return u"image/webp"_s;
    case Format::Tiff:
        return u"image/tiff"_s;
    case Format::Bmp:
        return u"image/bmp"_s;
    case Format::Heic:
        return u"image/heic"_s;
    case Format::Avif:
        return u"image/avif"_s;
    }
    return u"application/octet-stream"_s;
}

QStringList readableTypes()
{
    QStringList types;
    for (const Format format : {Format::Jpeg, Format::Png, Format::Gif, Format::WebP, Format::Tiff,
                                Format::Bmp, Format::Heic, Format::Avif})
        types.append(mediaType(format));
    return types;
}

} // namespace vitrine::imaging
