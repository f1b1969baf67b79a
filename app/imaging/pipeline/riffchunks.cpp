// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/riffchunks.h"

#include "app/imaging/pipeline/bytes.h"

namespace vitrine::imaging {

constexpr qsizetype kChunkHeader = 8;
constexpr qsizetype kWebPHeader = 12;

RiffChunkReader::RiffChunkReader(QByteArrayView list) : m_list(list)
{}

std::optional<RiffChunk> RiffChunkReader::next()
{
    const qsizetype available = m_list.size() - m_position;
    if (available < kChunkHeader)
        return std::nullopt;
    const auto size = qint64(littleEndian<quint32>(m_list, m_position + 4));
    if (size > available - kChunkHeader)
        return std::nullopt;
    RiffChunk chunk{m_list.sliced(m_position, 4), m_list.sliced(m_position + kChunkHeader, size)};
    m_position += kChunkHeader + size + (size & 1);
    return chunk;
}

std::optional<QByteArrayView> webPChunks(QByteArrayView bytes)
{
    const auto size = qint64(littleEndian<quint32>(bytes, 4)) + kChunkHeader;
    if (size < kWebPHeader || size > bytes.size())
        return std::nullopt;
    return bytes.sliced(kWebPHeader, size - kWebPHeader);
}

void appendRiffChunk(QByteArray& list, QByteArrayView type, QByteArrayView data)
{
    const quint32 size = qToLittleEndian(quint32(data.size()));
    list.append(type);
    list.append(reinterpret_cast<const char*>(&size), sizeof size);
    list.append(data);
    if (data.size() & 1)
        list.append('\0');
}

} // namespace vitrine::imaging
