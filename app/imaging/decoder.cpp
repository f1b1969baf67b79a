// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/decoder.h"

#include "app/imaging/jpegdecoder.h"
#include "app/imaging/qtdecoder.h"

namespace vitrine::imaging {

Result<Decoded> decode(QByteArrayView bytes, const ImageInfo& info, int minimumSide)
{
    if (info.format == Format::Jpeg)
        return decodeJpeg(bytes, info, minimumSide);
    return decodeWithQt(bytes, info);
}

} // namespace vitrine::imaging
