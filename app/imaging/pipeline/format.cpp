// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/format.h"

#include "app/imaging/pipeline/bytes.h"

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

struct Signature {
    QByteArrayView bytes;
    std::optional<Format> format; ///< none: known by sight, not handled
};

constexpr std::array kSignatures{
    Signature{{"\xff\xd8\xff", 3}, Format::Jpeg},
    Signature{{"\x89PNG\r\n\x1a\n", 8}, Format::Png},
    Signature{{"GIF87a", 6}, Format::Gif},
    Signature{{"GIF89a", 6}, Format::Gif},
    Signature{{"II*\0", 4}, Format::Tiff},
    Signature{{"MM\0*", 4}, Format::Tiff},
    Signature{{"II+\0", 4}, std::nullopt},                     // BigTIFF
    Signature{{"MM\0+", 4}, std::nullopt},                     // BigTIFF
    Signature{{"\xff\x0a", 2}, std::nullopt},                  // JPEG XL
    Signature{{"\0\0\0\x0cJXL \r\n\x87\n", 12}, std::nullopt}, // JPEG XL
    Signature{{"\0\0\0\x0cjP  \r\n\x87\n", 12}, std::nullopt}, // JPEG 2000
    Signature{{"\xff\x4f\xff\x51", 4}, std::nullopt},          // JPEG 2000
    Signature{{"8BPS\0\x01", 6}, std::nullopt},                // Photoshop
};

bool isWebP(QByteArrayView bytes)
{
    return bytes.startsWith("RIFF") && bytes.size() >= 12 && bytes.sliced(8, 4) == "WEBP";
}

bool isBmp(QByteArrayView bytes)
{
    if (!bytes.startsWith("BM"))
        return false;
    const auto headerSize = littleEndian<quint32>(bytes, 14);
    return headerSize == 12 || (headerSize >= 40 && headerSize <= 124);
}

/// ISO base media: the brands of the first box say what it holds.
std::optional<Format> isoMediaFormat(QByteArrayView bytes)
{
    if (bytes.size() < 16 || bytes.sliced(4, 4) != "ftyp")
        return std::nullopt;
    const auto boxEnd = std::min<qint64>(bigEndian<quint32>(bytes, 0), bytes.size());
    std::optional<Format> found;
    for (qsizetype at = 8; at + 4 <= boxEnd && at < 256; at += 4) {
        const QByteArrayView brand = bytes.sliced(at, 4);
        if (brand == "avif" || brand == "avis")
            return Format::Avif;
        if (brand.startsWith("hei") || brand.startsWith("hev") || brand == "mif1" ||
            brand == "msf1")
            found = Format::Heic;
    }
    return found;
}

} // namespace

Result<Format> sniffFormat(QByteArrayView bytes)
{
    for (const Signature& signature : kSignatures) {
        if (!bytes.startsWith(signature.bytes))
            continue;
        if (!signature.format)
            return failure(ErrorKind::UnsupportedImage, u"a format known by sight only"_s);
        return *signature.format;
    }
    if (isWebP(bytes))
        return Format::WebP;
    if (isBmp(bytes))
        return Format::Bmp;
    if (const auto format = isoMediaFormat(bytes))
        return *format;
    return failure(ErrorKind::NotAnImage, u"no known signature"_s);
}

} // namespace vitrine::imaging
