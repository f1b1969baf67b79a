// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegdecoder.h"

#include "app/imaging/pipeline/jpegmarkers.h"
#include "app/imaging/pipeline/jpegreader.h"
#include "app/imaging/pipeline/orient.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

tl::unexpected<Error> failureOf(const JpegErrors& errors)
{
    return failure(errors.isUnsupported() ? ErrorKind::UnsupportedImage : ErrorKind::DamagedImage,
                   errors.message());
}

void fillFrom(QImage& image, int row)
{
    for (int y = row; y < image.height(); ++y)
        memset(image.scanLine(y), 0x80, size_t(image.bytesPerLine()));
}

/// Whether the markers lead to the end of the picture. What libjpeg has not read, it cannot warn
/// of.
bool reachesEnd(QByteArrayView bytes)
{
    JpegMarkerReader reader(bytes);
    while (reader.next()) {
    }
    return reader.reachedEnd();
}

} // namespace

Result<Decoded> decodeJpeg(QByteArrayView bytes, const ImageInfo& info, int minimumSide)
{
    JpegReader reader(bytes);
    if (!reader.readHeader())
        return failureOf(reader.errors());
    if (orientedSize(reader.size(), info.orientation) != info.size)
        return failure(ErrorKind::DamagedImage, u"two sizes in one picture"_s);
    Decoded decoded;
    decoded.channels = reader.channels();
    decoded.profile = reader.iccProfile(); // the markers go with the last row
    decoded.pixels = reader.averages(minimumSide);
    if (!decoded.pixels.isNull())
        return decoded;
    if (!reader.start(minimumSide))
        return failureOf(reader.errors());
    decoded.pixels = QImage(reader.outputSize(), QImage::Format_RGB32);
    if (decoded.pixels.isNull())
        return failure(ErrorKind::TooManyPixels, u"no memory for the pixels"_s);
    const int rows = reader.readRows(decoded.pixels);
    if (rows == 0)
        return failureOf(reader.errors());
    fillFrom(decoded.pixels, rows);
    decoded.isDamaged = rows < decoded.pixels.height() || reader.errors().sawDamage() ||
                        !reader.errors().message().isEmpty() ||
                        (reader.readsAveragesOnly() && !reachesEnd(bytes));
    return decoded;
}

} // namespace vitrine::imaging
