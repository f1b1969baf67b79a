// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>

namespace vitrine::imaging {

inline constexpr qsizetype kPngSignatureSize = 8;

struct PngChunk {
    QByteArrayView type; ///< four letters
    QByteArrayView data;
    QByteArrayView whole; ///< length, type, data, CRC
};

/// Goes through the chunks of a PNG without copying. The bytes have to outlive it.
class PngChunkReader
{
public:
    explicit PngChunkReader(QByteArrayView bytes);

    /// None behind IEND, or where the data is cut off.
    std::optional<PngChunk> next();
    bool reachedEnd() const { return m_reachedEnd; }
    /// Behind what was read; after reachedEnd() a trailer starts here.
    qsizetype position() const { return m_position; }

private:
    QByteArrayView m_bytes;
    qsizetype m_position = kPngSignatureSize;
    bool m_reachedEnd = false;
};

/// A chunk with its length and CRC.
QByteArray makePngChunk(QByteArrayView type, QByteArrayView data);

} // namespace vitrine::imaging
