// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/warmup.h"

#include "app/decoding/worker/samples.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"

#include <QBuffer>
#include <QImageWriter>

#include <iconv.h>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;

/// Wider than a preview, so that scaling and blurring are used, too, and of less than the 65,536
/// pixels from which on Qt converts with threads: a process that has any cannot be divided.
QImage sample()
{
    QImage image(400, 100, QImage::Format_ARGB32);
    image.fill(0x80ff8040);
    return image;
}

QByteArray written(const QImage& image, const char* format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter(&buffer, format).write(image);
    return bytes;
}

/// Qt does not write these: one white pixel.
QByteArray gif()
{
    return QByteArray::fromHex("47494638376101000100800000ffffff0000002c00000000010001000002024401"
                               "003b");
}

/// Exiv2 converts comments with it; the first use of a character set loads a library.
void loadCharacterSets()
{
    for (const char* name :
         {"UCS-2BE", "UCS-2LE", "UTF-16BE", "UTF-16LE", "SHIFT-JIS", "EUC-JP", "ISO-8859-1"}) {
        const iconv_t converter = ::iconv_open("UTF-8", name);
        if (converter == iconv_t(-1))
            continue;
        char in[] = "    ";
        char out[16] = {};
        char* from = in;
        char* to = out;
        size_t left = 4;
        size_t room = sizeof(out);
        ::iconv(converter, &from, &left, &to, &room); // stays open: closing would unload it
    }
}

} // namespace

void warmUp()
{
    const imaging::InProcessPictureReader reader;
    const imaging::ReadOrder everything{.variants = {true, true, true, true, true},
                                        .encodesVariants = true,
                                        .fitSide = imaging::kPreviewSide,
                                        .embeddedThumbnail = true,
                                        .metadata = true,
                                        .strips = true};
    const QImage image = sample();
    for (const char* format : {"jpeg", "png", "bmp", "webp", "tiff"})
        (void)reader.read(QByteArrayView(written(image, format)), everything);
    (void)reader.read(QByteArrayView(gif()), everything);
    for (const char* encoded : {kHeicSample, kAvifSample})
        (void)reader.read(QByteArrayView(QByteArray::fromBase64(encoded)), everything);
    loadCharacterSets();
}

} // namespace vitrine::decoding
