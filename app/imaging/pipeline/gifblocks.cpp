// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/gifblocks.h"

namespace vitrine::imaging {
namespace {

constexpr qsizetype kScreenDescriptorEnd = 13;
constexpr qsizetype kImageDescriptor = 10;

/// Bytes of a colour table, as the packed field tells them.
qsizetype colourTableSize(char packed)
{
    return (packed & 0x80) ? 3 * (qsizetype(2) << (packed & 7)) : 0;
}

/// Introducer, label, length and name, before the sub-blocks of an application.
constexpr qsizetype kApplicationHeader = 14;
constexpr qsizetype kLargestSubBlock = 255;

} // namespace

QByteArray gifApplicationData(const GifBlock& block)
{
    QByteArray data;
    const QByteArrayView whole = block.whole;
    for (qsizetype at = kApplicationHeader; at < whole.size() && whole[at] != 0;) {
        const auto size = qMin<qsizetype>(quint8(whole[at]), whole.size() - at - 1);
        data.append(whole.sliced(at + 1, size));
        at += 1 + size;
    }
    return data;
}

QByteArray makeGifApplicationBlock(QByteArrayView application, QByteArrayView data)
{
    QByteArray block("!\xff\x0b", 3);
    block.append(application);
    for (qsizetype at = 0; at < data.size(); at += kLargestSubBlock) {
        const qsizetype size = qMin(kLargestSubBlock, data.size() - at);
        block.append(char(size)).append(data.sliced(at, size));
    }
    return block.append('\0');
}

GifBlockReader::GifBlockReader(QByteArrayView bytes) : m_bytes(bytes)
{
    if (bytes.size() < kScreenDescriptorEnd)
        return;
    const qsizetype end = kScreenDescriptorEnd + colourTableSize(bytes[10]);
    if (end > bytes.size())
        return;
    m_header = bytes.first(end);
    m_position = end;
}

std::optional<GifBlock> GifBlockReader::next()
{
    if (m_header.isEmpty() || m_reachedEnd)
        return std::nullopt;
    if (m_position >= m_bytes.size() || m_bytes[m_position] == ';') {
        m_reachedEnd = true;
        return std::nullopt;
    }
    if (m_bytes[m_position] == '!')
        return readExtension();
    if (m_bytes[m_position] == ',')
        return readImage();
    return std::nullopt;
}

std::optional<GifBlock> GifBlockReader::readExtension()
{
    const qsizetype start = m_position;
    const auto end = endOfSubBlocks(start + 2);
    if (!end)
        return std::nullopt;
    using Kind = GifBlock::Kind;
    switch (quint8(m_bytes[start + 1])) {
    case 0xf9:
        return blockUpTo(Kind::GraphicControl, *end);
    case 0xfe:
        return blockUpTo(Kind::Comment, *end);
    case 0x01:
        return blockUpTo(Kind::PlainText, *end);
    case 0xff: {
        GifBlock block = blockUpTo(Kind::Application, *end);
        block.application = block.whole.sliced(3, qMin<qsizetype>(11, block.whole.size() - 3));
        return block;
    }
    default:
        return blockUpTo(Kind::Unknown, *end);
    }
}

std::optional<GifBlock> GifBlockReader::readImage()
{
    if (m_bytes.size() - m_position < kImageDescriptor)
        return std::nullopt;
    const qsizetype colours = colourTableSize(m_bytes[m_position + 9]);
    constexpr qsizetype codeSize = 1;
    const auto end = endOfSubBlocks(m_position + kImageDescriptor + colours + codeSize);
    if (!end)
        return std::nullopt;
    return blockUpTo(GifBlock::Kind::Image, *end);
}

std::optional<qsizetype> GifBlockReader::endOfSubBlocks(qsizetype from) const
{
    while (from < m_bytes.size()) {
        const auto size = quint8(m_bytes[from]);
        from += 1 + size;
        if (size == 0)
            return from;
    }
    return std::nullopt;
}

GifBlock GifBlockReader::blockUpTo(GifBlock::Kind kind, qsizetype end)
{
    GifBlock block{kind, m_bytes.sliced(m_position, end - m_position), {}};
    m_position = end;
    return block;
}

} // namespace vitrine::imaging
