// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/pngchunks.h"

#include "app/imaging/pipeline/bytes.h"

#include <QByteArray>

namespace vitrine::imaging {
namespace {

/// CRC-32 as PNG has it (ISO 3309). For short chunks: no table.
quint32 crc32(QByteArrayView bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) ? 0xedb88320 : 0);
    }
    return ~crc;
}

void append(QByteArray& bytes, quint32 value)
{
    const quint32 big = qToBigEndian(value);
    bytes.append(reinterpret_cast<const char*>(&big), sizeof big);
}

} // namespace

PngChunkReader::PngChunkReader(QByteArrayView bytes) : m_bytes(bytes)
{}

std::optional<PngChunk> PngChunkReader::next()
{
    constexpr qsizetype overhead = 12; // length, type, CRC
    const qsizetype available = m_bytes.size() - m_position;
    if (m_reachedEnd || available < overhead)
        return std::nullopt;
    const auto length = qint64(bigEndian<quint32>(m_bytes, m_position));
    if (length > available - overhead)
        return std::nullopt;
    PngChunk chunk{m_bytes.sliced(m_position + 4, 4), m_bytes.sliced(m_position + 8, length),
                   m_bytes.sliced(m_position, length + overhead)};
    m_position += length + overhead;
    m_reachedEnd = chunk.type == "IEND";
    return chunk;
}

QByteArray makePngChunk(QByteArrayView type, QByteArrayView data)
{
    QByteArray body = type.toByteArray();
    body.append(data);
    QByteArray chunk;
    append(chunk, quint32(data.size()));
    chunk.append(body);
    append(chunk, crc32(body));
    return chunk;
}

} // namespace vitrine::imaging
