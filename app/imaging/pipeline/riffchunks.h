// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace vitrine::imaging {

struct RiffChunk {
    QByteArrayView type; ///< four characters
    QByteArrayView data;
};

/// Goes through a list of RIFF chunks, as WebP holds its parts, without copying. The bytes have to
/// outlive it.
class RiffChunkReader
{
public:
    /// \a list starts at the first chunk.
    explicit RiffChunkReader(QByteArrayView list);

    /// None at the end, or where the data is cut off.
    std::optional<RiffChunk> next();
    /// The list was read to its last byte.
    bool reachedEnd() const { return m_position >= m_list.size(); }

private:
    QByteArrayView m_list;
    qsizetype m_position = 0;
};

/// Where the chunks of a WebP file are: behind "RIFF", size, "WEBP", up to the size it tells.
/// None if that is more than there is.
std::optional<QByteArrayView> webPChunks(QByteArrayView bytes);

/// Appends a chunk, padded to an even length.
void appendRiffChunk(QByteArray& list, QByteArrayView type, QByteArrayView data);

} // namespace vitrine::imaging
