// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/decoder.h"

#include "app/imaging/pipeline/heifdecoder.h"
#include "app/imaging/pipeline/jpegdecoder.h"
#include "app/imaging/pipeline/qtdecoder.h"

namespace vitrine::imaging {

Result<Decoded> decode(QByteArrayView bytes, const ImageInfo& info, int minimumSide)
{
    switch (info.format) {
    case Format::Jpeg:
        return decodeJpeg(bytes, info, minimumSide);
    case Format::Heic:
    case Format::Avif:
        return decodeHeif(bytes, info);
    default:
        return decodeWithQt(bytes, info);
    }
}

} // namespace vitrine::imaging
