// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/tiffdirectory.h"

#include <algorithm>
#include <array>

namespace vitrine::imaging {
namespace {

constexpr qint64 kHeaderSize = 8, kEntrySize = 12, kInlineSize = 4;

/// Bytes of one value, by type (TIFF 6.0, section 2); 0 for what is no type.
qint64 sizeOfType(quint16 type)
{
    constexpr std::array<qint64, 14> sizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    return type < sizes.size() ? sizes[type] : 0;
}

/// Sorted. Structure, resolution and colour of TIFF 6.0; JPEG tables and YCbCr of its supplements;
/// sample formats; the ICC profile (34675).
constexpr std::array<quint16, 49> kPictureTags{
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280,
    281, 282, 283, 284, 286, 287, 290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 321,
    322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341, 347, 529, 530, 531};
constexpr std::array<quint16, 2> kColourTags{532, 34675};

template <typename T>
void append(QByteArray& bytes, T value, bool isBig)
{
    const T stored = isBig ? qToBigEndian(value) : qToLittleEndian(value);
    bytes.append(reinterpret_cast<const char*>(&stored), sizeof stored);
}

/// Values stand at even offsets.
qint64 even(qint64 size)
{
    return size + (size & 1);
}

qint64 outOfLineSize(const TiffField& field)
{
    return field.value.size() > kInlineSize ? even(field.value.size()) : 0;
}

} // namespace

bool isTiffPictureTag(quint16 tag)
{
    return std::binary_search(kPictureTags.begin(), kPictureTags.end(), tag) ||
           std::binary_search(kColourTags.begin(), kColourTags.end(), tag);
}

bool isWholeNumbers(const TiffEntry& entry)
{
    return entry.count > 0 &&
           (entry.type == kTiffByte || entry.type == kTiffShort || entry.type == kTiffLong);
}

TiffReader::TiffReader(QByteArrayView bytes) : m_bytes(bytes), m_isBig(bytes.startsWith("MM"))
{}

bool TiffReader::isValid() const
{
    constexpr quint16 magic = 42;
    return (m_isBig || m_bytes.startsWith("II")) && at<quint16>(2) == magic;
}

quint32 TiffReader::directoryAfter(quint32 directory) const
{
    return at<quint32>(qint64(directory) + 2 + kEntrySize * qint64(at<quint16>(directory)));
}

std::optional<TiffEntry> TiffReader::entryAt(qint64 offset) const
{
    TiffEntry entry{at<quint16>(offset), at<quint16>(offset + 2), at<quint32>(offset + 4), {}};
    const qint64 size = sizeOfType(entry.type) * qint64(entry.count);
    const qint64 place = size <= kInlineSize ? offset + 8 : qint64(at<quint32>(offset + 8));
    if (place < 0 || size > m_bytes.size() || place > m_bytes.size() - size)
        return std::nullopt;
    entry.value = m_bytes.sliced(place, size);
    return entry;
}

std::optional<QList<TiffEntry>> TiffReader::directory(quint32 offset) const
{
    const auto count = at<quint16>(offset);
    const qint64 size = 2 + kEntrySize * qint64(count);
    if (offset < kHeaderSize || count == 0 || size > m_bytes.size() - qint64(offset))
        return std::nullopt;
    QList<TiffEntry> entries;
    for (qint64 i = 0; i < count; ++i) {
        const auto entry = entryAt(qint64(offset) + 2 + kEntrySize * i);
        if (!entry)
            return std::nullopt;
        entries.append(*entry);
    }
    return entries;
}

QList<quint32> TiffReader::numbers(const TiffEntry& entry) const
{
    QList<quint32> numbers;
    if (!isWholeNumbers(entry))
        return numbers;
    const qsizetype size = sizeOfType(entry.type);
    for (qsizetype at = 0; at < entry.value.size(); at += size)
        numbers.append(numberAt(entry.value.sliced(at, size)));
    return numbers;
}

quint32 TiffReader::numberAt(QByteArrayView value) const
{
    switch (value.size()) {
    case 1:
        return quint8(value.front());
    case 2:
        return m_isBig ? bigEndian<quint16>(value, 0) : littleEndian<quint16>(value, 0);
    }
    return m_isBig ? bigEndian<quint32>(value, 0) : littleEndian<quint32>(value, 0);
}

quint32 TiffReader::number(quint32 offset, quint16 tag) const
{
    const auto count = at<quint16>(offset);
    for (qint64 i = 0, entry = qint64(offset) + 2; i < count; ++i, entry += kEntrySize) {
        if (at<quint16>(entry) == tag)
            return at<quint16>(entry + 2) == kTiffShort ? at<quint16>(entry + 8)
                                                        : at<quint32>(entry + 8);
    }
    return 0;
}

TiffField tiffLongs(quint16 tag, const QList<quint32>& values, bool isBigEndian)
{
    TiffField field{tag, kTiffLong, quint32(values.size()), {}};
    for (const quint32 value : values)
        append(field.value, value, isBigEndian);
    return field;
}

QByteArray writeTiff(QList<TiffField> fields, quint16 offsets, const QList<QByteArray>& parts,
                     bool isBigEndian)
{
    std::sort(fields.begin(), fields.end(),
              [](const auto& left, const auto& right) { return left.tag < right.tag; });
    const qint64 valuesAt = kHeaderSize + 2 + kEntrySize * fields.size() + 4;
    qint64 partAt = valuesAt;
    for (const TiffField& field : std::as_const(fields))
        partAt += outOfLineSize(field);
    QList<quint32> places;
    for (const QByteArray& part : parts) {
        places.append(quint32(partAt));
        partAt += even(part.size());
    }

    QByteArray tiff = isBigEndian ? QByteArray("MM\0*", 4) : QByteArray("II*\0", 4);
    append(tiff, quint32(kHeaderSize), isBigEndian);
    append(tiff, quint16(fields.size()), isBigEndian);
    QByteArray values;
    for (TiffField& field : fields) {
        if (field.tag == offsets)
            field = tiffLongs(offsets, places, isBigEndian);
        append(tiff, field.tag, isBigEndian);
        append(tiff, field.type, isBigEndian);
        append(tiff, field.count, isBigEndian);
        if (field.value.size() <= kInlineSize) {
            tiff.append(field.value.leftJustified(kInlineSize, '\0'));
        } else {
            append(tiff, quint32(valuesAt + values.size()), isBigEndian);
            values.append(field.value.leftJustified(even(field.value.size()), '\0'));
        }
    }
    append(tiff, quint32(0), isBigEndian); // no further directory
    tiff.append(values);
    for (const QByteArray& part : parts)
        tiff.append(part.leftJustified(even(part.size()), '\0'));
    return tiff;
}

} // namespace vitrine::imaging
