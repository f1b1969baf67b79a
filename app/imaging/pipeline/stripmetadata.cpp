// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/stripmetadata.h"

#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/iccprofile.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripcontainers.h"

namespace vitrine::imaging {
namespace {

Result<QByteArray> stripContainer(QByteArrayView bytes, Format format)
{
    const int orientation = readExif(exifBlock(bytes, format)).orientation;
    switch (format) {
    case Format::Jpeg:
        return stripJpeg(bytes, orientation);
    case Format::Png:
        return stripPng(bytes, orientation);
    case Format::WebP:
        return stripWebP(bytes, orientation);
    case Format::Gif:
        return stripGif(bytes);
    case Format::Bmp:
        return stripBmp(bytes);
    case Format::Tiff:
        return stripTiff(bytes);
    case Format::Heic:
    case Format::Avif:
        return stripHeif(bytes);
    }
    return failure(ErrorKind::UnsupportedImage, mediaType(format));
}

/// Bytes of a file without its profiles: of those it is told what goes, and they may get shorter
/// when nothing does.
qsizetype sizeWithoutProfiles(QByteArrayView bytes, Format format)
{
    return bytes.size() - carriedProfiles(bytes, format).bytes;
}

} // namespace

Result<Stripped> stripMetadata(QByteArrayView bytes, Format format)
{
    auto stripped = stripContainer(bytes, format);
    if (!stripped)
        return failure(stripped.error());
    Stripped result{*std::move(stripped), readMetadata(bytes).kinds};
    if (result.removed.isEmpty() &&
        sizeWithoutProfiles(result.bytes, format) < sizeWithoutProfiles(bytes, format))
        result.removed.append(MetadataKind::Other); // something that has no name
    return result;
}

} // namespace vitrine::imaging
