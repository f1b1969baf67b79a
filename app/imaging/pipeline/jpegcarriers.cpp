// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegcarriers.h"

#include "app/imaging/pipeline/bytes.h"
#include "app/imaging/pipeline/jpegmarkers.h"

#include <algorithm>
#include <array>

namespace vitrine::imaging {
namespace {

using namespace jpegmarker;

constexpr quint8 kApp11 = 0xeb, kApp13 = 0xed, kApp15 = 0xef, kCom = 0xfe;

struct Carrier {
    quint8 marker;
    QByteArrayView signature;         ///< how its payload begins
    std::optional<MetadataKind> kind; ///< none: read elsewhere, or needed to show the picture
};

/// The first that fits decides; other application segments are of kind Other.
constexpr std::array kCarriers{
    Carrier{kApp0, {"JFXX\0", 5}, MetadataKind::Thumbnail},
    Carrier{kApp0, {"JFIF\0", 5}, std::nullopt}, // its thumbnail: see hasJfifThumbnail()
    Carrier{kApp1, {"Exif\0\0", 6}, std::nullopt},
    Carrier{kApp1, {"http://ns.adobe.com/xap/1.0/\0", 29}, std::nullopt},
    Carrier{kApp2, {"ICC_PROFILE\0", 12}, std::nullopt},       // see profileKinds()
    Carrier{kApp2, {"MPF\0", 4}, MetadataKind::HiddenPicture}, // CIPA DC-007: where they are
    Carrier{kApp11, {"JP", 2}, MetadataKind::EditHistory},     // JUMBF: who made what of it
    Carrier{kApp13, {"Photoshop 3.0\0", 14}, std::nullopt},    // see photoshopKinds()
    Carrier{kApp14, {"Adobe", 5}, std::nullopt},
};

std::optional<MetadataKind> kindOfSegment(const JpegSegment& segment)
{
    const bool isApplication = segment.marker >= kApp0 && segment.marker <= kApp15;
    if (!isApplication)
        return segment.marker == kCom ? std::optional(MetadataKind::Other) : std::nullopt;
    for (const Carrier& carrier : kCarriers) {
        if (segment.marker == carrier.marker && segment.payload.startsWith(carrier.signature))
            return carrier.kind;
    }
    return MetadataKind::Other;
}

bool hasJfifThumbnail(const JpegSegment& segment)
{
    constexpr qsizetype width = 12, height = 13;
    return segment.marker == kApp0 && segment.payload.startsWith("JFIF") &&
           bigEndian<quint8>(segment.payload, width) > 0 &&
           bigEndian<quint8>(segment.payload, height) > 0;
}

/// Photoshop's image resources (Adobe Photoshop File Formats, "Image Resource Blocks").
QSet<MetadataKind> photoshopKinds(QByteArrayView blocks)
{
    constexpr quint16 iptc = 0x0404, oldThumbnail = 0x0409, thumbnail = 0x040c;
    constexpr qsizetype signatureSize = 4, idSize = 2;
    QSet<MetadataKind> kinds;
    qsizetype at = 0;
    while (at >= 0 && at < blocks.size() && blocks.sliced(at).startsWith("8BIM")) {
        const auto id = bigEndian<quint16>(blocks, at + signatureSize);
        const qsizetype name = at + signatureSize + idSize;
        const qsizetype nameSize = (bigEndian<quint8>(blocks, name) + 2) & ~1; // padded to even
        const auto size = qint64(bigEndian<quint32>(blocks, name + nameSize));
        at = name + nameSize + 4 + size + (size & 1);
        if (id == thumbnail || id == oldThumbnail)
            kinds.insert(MetadataKind::Thumbnail);
        else if (id != iptc) // which is read as IPTC
            kinds.insert(MetadataKind::Other);
    }
    if (at < blocks.size())
        kinds.insert(MetadataKind::Other);
    return kinds;
}

/// A phone's film, a second picture, a preview of the camera's; zeros are padding.
std::optional<MetadataKind> kindOfTrailer(QByteArrayView trailer)
{
    if (trailer.contains(QByteArrayView("\xff\xd8\xff", 3)) || trailer.contains("ftyp"))
        return MetadataKind::HiddenPicture;
    const bool isPadding =
        std::all_of(trailer.begin(), trailer.end(), [](char byte) { return byte == 0; });
    return isPadding ? std::nullopt : std::optional(MetadataKind::Other);
}

} // namespace

QSet<MetadataKind> jpegCarriers(QByteArrayView jpeg)
{
    constexpr QByteArrayView photoshop("Photoshop 3.0\0", 14);
    QSet<MetadataKind> kinds;
    JpegMarkerReader reader(jpeg);
    while (const auto segment = reader.next()) {
        if (const auto kind = kindOfSegment(*segment))
            kinds.insert(*kind);
        if (hasJfifThumbnail(*segment))
            kinds.insert(MetadataKind::Thumbnail);
        if (segment->marker == kApp13 && segment->payload.startsWith(photoshop))
            kinds.unite(photoshopKinds(segment->payload.sliced(photoshop.size())));
    }
    if (!reader.reachedEnd())
        return kinds;
    if (const auto kind = kindOfTrailer(jpeg.sliced(reader.position())))
        kinds.insert(*kind);
    return kinds;
}

} // namespace vitrine::imaging
