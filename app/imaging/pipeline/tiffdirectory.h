// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/bytes.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace vitrine::imaging {

/// Tags of TIFF 6.0 and its supplements that are asked for by name.
namespace tifftag {
inline constexpr quint16 kNewSubfileType = 254, kCompression = 259, kStripOffsets = 273,
                         kOrientation = 274, kStripByteCounts = 279, kSubDirectories = 330,
                         kTileOffsets = 324, kTileByteCounts = 325, kJpegTables = 347,
                         kThumbnailOffset = 513, kThumbnailLength = 514, kIccProfile = 34675,
                         kDngVersion = 50706;
} // namespace tifftag

/// Types of TIFF 6.0 that hold whole numbers.
inline constexpr quint16 kTiffByte = 1, kTiffShort = 3, kTiffLong = 4;
/// Bytes of any meaning.
inline constexpr quint16 kTiffUndefined = 7;

/// Whether a tag belongs to the picture: its size, how its pixels are stored, and their colours.
bool isTiffPictureTag(quint16 tag);

struct TiffEntry {
    quint16 tag = 0;
    quint16 type = 0;
    quint32 count = 0;
    QByteArrayView value; ///< in the file's byte order, wherever it stands; empty for no known type
};

/// Whether a value is one or more whole numbers: of type BYTE, SHORT or LONG.
bool isWholeNumbers(const TiffEntry& entry);

/// Reads the directories of a classic TIFF, or of an EXIF block, in either byte order. The bytes
/// have to outlive it.
class TiffReader
{
public:
    explicit TiffReader(QByteArrayView bytes);

    bool isValid() const;
    bool isBigEndian() const { return m_isBig; }
    quint32 firstDirectory() const { return at<quint32>(4); }
    /// Offset of the directory behind the one at \a directory; 0 if that was the last.
    quint32 directoryAfter(quint32 directory) const;
    /// None if the directory or a value of it does not lie inside the bytes.
    std::optional<QList<TiffEntry>> directory(quint32 offset) const;
    /// The values of \a entry, one for each that it counts; empty unless isWholeNumbers().
    QList<quint32> numbers(const TiffEntry& entry) const;
    /// The first number under \a tag of the directory at \a offset; 0 if it is not there. Does not
    /// mind what else is wrong with that directory.
    quint32 number(quint32 offset, quint16 tag) const;
    QByteArrayView bytes() const { return m_bytes; }

private:
    template <typename T>
    T at(qint64 offset) const
    {
        return m_isBig ? bigEndian<T>(m_bytes, offset) : littleEndian<T>(m_bytes, offset);
    }
    std::optional<TiffEntry> entryAt(qint64 offset) const;
    /// One whole number, of as many bytes as \a value has.
    quint32 numberAt(QByteArrayView value) const;

    QByteArrayView m_bytes;
    bool m_isBig;
};

/// One entry to write.
struct TiffField {
    quint16 tag = 0;
    quint16 type = 0;
    quint32 count = 0;
    QByteArray value; ///< in the byte order of the file to write
};

/// A field of LONGs.
TiffField tiffLongs(quint16 tag, const QList<quint32>& values, bool isBigEndian);

/// A TIFF of one directory. \a offsets names the field, of LONGs, that tells where each of \a parts
/// stands; it is filled in here.
QByteArray writeTiff(QList<TiffField> fields, quint16 offsets, const QList<QByteArray>& parts,
                     bool isBigEndian);

} // namespace vitrine::imaging
