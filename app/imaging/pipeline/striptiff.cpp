// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/stripcontainers.h"
#include "app/imaging/pipeline/tiffdirectory.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using Entries = QList<TiffEntry>;

constexpr quint32 kJpegCompression = 7;
/// None, CCITT, LZW, JPEG, Deflate, PackBits, Deflate of old, LZMA, Zstandard: pixels and nothing
/// but pixels. Old-style JPEG (6) spreads over the file, WebP and others may carry anything.
constexpr std::array<quint32, 11> kCompressions{1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34925, 50000};

const TiffEntry* find(const Entries& entries, quint16 tag)
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [tag](const TiffEntry& entry) { return entry.tag == tag; });
    return found == entries.end() ? nullptr : &*found;
}

quint32 firstNumber(const TiffReader& reader, const Entries& entries, quint16 tag, quint32 standard)
{
    const TiffEntry* entry = find(entries, tag);
    return entry ? reader.numbers(*entry).value(0, standard) : standard;
}

/// A raw file's first directory is its preview: what is left of it would be another picture.
Result<void> checkHandled(const TiffReader& reader, const Entries& entries)
{
    constexpr quint32 reducedResolution = 1;
    const quint32 compression = firstNumber(reader, entries, tifftag::kCompression, 1);
    const bool isKnown =
        std::find(kCompressions.begin(), kCompressions.end(), compression) != kCompressions.end();
    const bool isPreview =
        firstNumber(reader, entries, tifftag::kNewSubfileType, 0) & reducedResolution;
    if (!isKnown || isPreview || find(entries, tifftag::kDngVersion))
        return failure(ErrorKind::UnsupportedImage, u"a TIFF that is more than one picture"_s);
    return {};
}

/// What is not understood cannot be taken over whole, and readers differ in what they make of it.
Result<void> checkUnderstood(const Entries& entries)
{
    constexpr std::array numbers{tifftag::kNewSubfileType, tifftag::kCompression,
                                 tifftag::kStripOffsets,   tifftag::kStripByteCounts,
                                 tifftag::kTileOffsets,    tifftag::kTileByteCounts};
    for (const TiffEntry& entry : entries) {
        const bool isNumber = std::find(numbers.begin(), numbers.end(), entry.tag) != numbers.end();
        const bool isLost = entry.count > 0 && entry.value.isEmpty();
        if (isTiffPictureTag(entry.tag) && (isLost || (isNumber && !isWholeNumbers(entry))))
            return failure(ErrorKind::DamagedImage, u"a value of a type that it cannot have"_s);
    }
    return {};
}

/// Where the pixels stand.
struct Layout {
    quint16 offsetsTag = 0;
    quint16 lengthsTag = 0;
    QList<quint32> offsets;
    QList<quint32> lengths; ///< as many
};

Result<Layout> layoutOf(const TiffReader& reader, const Entries& entries)
{
    const bool isTiled = find(entries, tifftag::kTileOffsets);
    if (isTiled && find(entries, tifftag::kStripOffsets))
        return failure(ErrorKind::DamagedImage, u"pixels in two places"_s);
    Layout layout;
    layout.offsetsTag = isTiled ? tifftag::kTileOffsets : tifftag::kStripOffsets;
    layout.lengthsTag = isTiled ? tifftag::kTileByteCounts : tifftag::kStripByteCounts;
    if (const TiffEntry* offsets = find(entries, layout.offsetsTag))
        layout.offsets = reader.numbers(*offsets);
    if (const TiffEntry* lengths = find(entries, layout.lengthsTag))
        layout.lengths = reader.numbers(*lengths);
    if (layout.offsets.isEmpty() || layout.offsets.size() != layout.lengths.size())
        return failure(ErrorKind::DamagedImage, u"no pixels"_s);
    return layout;
}

/// JPEG parts are files of their own, with room for anything between their markers.
Result<QByteArray> cleanPart(QByteArrayView part, bool isJpeg)
{
    constexpr int upright = 1; // the directory tells the orientation
    return isJpeg && !part.isEmpty() ? stripJpeg(part, upright) : part.toByteArray();
}

/// Strips or tiles, one by one.
Result<QList<QByteArray>> pixelParts(QByteArrayView bytes, const Layout& layout, bool isJpeg)
{
    QList<QByteArray> parts;
    qint64 total = 0; // parts that overlap would make a file of any size
    for (qsizetype i = 0; i < layout.offsets.size(); ++i) {
        const qint64 offset = layout.offsets[i], length = layout.lengths[i];
        total += length;
        if (length > bytes.size() || offset > bytes.size() - length || total > bytes.size())
            return failure(ErrorKind::DamagedImage, u"pixels outside of the file"_s);
        auto part = cleanPart(bytes.sliced(offset, length), isJpeg);
        if (!part)
            return failure(part.error());
        parts.append(*std::move(part));
    }
    return parts;
}

/// JPEG tables and the profile are files of their own, too.
Result<TiffField> cleanField(const TiffEntry& entry, bool isJpeg)
{
    TiffField field{entry.tag, entry.type, entry.count, entry.value.toByteArray()};
    const bool isProfile = entry.tag == tifftag::kIccProfile;
    if (!isProfile && !(entry.tag == tifftag::kJpegTables && isJpeg))
        return field;
    const auto clean = isProfile ? anonymousProfile(entry.value) : cleanPart(entry.value, isJpeg);
    if (!clean)
        return failure(clean.error());
    field.type = kTiffUndefined; // which both have to be: bytes
    field.value = *clean;
    field.count = quint32(clean->size());
    return field;
}

/// What describes the pixels, but not yet where they are.
Result<QList<TiffField>> keptFields(const Entries& entries, bool isJpeg)
{
    QList<TiffField> fields;
    for (const TiffEntry& entry : entries) {
        if (!isTiffPictureTag(entry.tag))
            continue;
        auto field = cleanField(entry, isJpeg);
        if (!field)
            return failure(field.error());
        fields.append(*std::move(field));
    }
    return fields;
}

} // namespace

/// Writes the first picture anew: its own fields and its pixels as they are stored. What else is in
/// the file (EXIF, GPS, XMP, Photoshop's blocks, further pages, gaps between) is not copied.
Result<QByteArray> stripTiff(QByteArrayView bytes)
{
    const TiffReader reader(bytes);
    const auto entries =
        reader.isValid() ? reader.directory(reader.firstDirectory()) : std::nullopt;
    if (!entries)
        return failure(ErrorKind::DamagedImage, u"a directory that is cut off"_s);
    if (const auto understood = checkUnderstood(*entries); !understood)
        return failure(understood.error());
    if (const auto handled = checkHandled(reader, *entries); !handled)
        return failure(handled.error());
    const auto layout = layoutOf(reader, *entries);
    if (!layout)
        return failure(layout.error());

    const bool isJpeg = firstNumber(reader, *entries, tifftag::kCompression, 1) == kJpegCompression;
    const auto parts = pixelParts(bytes, *layout, isJpeg);
    auto fields = keptFields(*entries, isJpeg);
    if (!parts || !fields)
        return failure(parts ? fields.error() : parts.error());
    QList<quint32> sizes;
    for (const QByteArray& part : *parts)
        sizes.append(quint32(part.size()));
    for (TiffField& field : *fields) {
        if (field.tag == layout->lengthsTag || field.tag == layout->offsetsTag)
            field = tiffLongs(field.tag, sizes, reader.isBigEndian());
    }
    return writeTiff(*std::move(fields), layout->offsetsTag, *parts, reader.isBigEndian());
}

} // namespace vitrine::imaging
