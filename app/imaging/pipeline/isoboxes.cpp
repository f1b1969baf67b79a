// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/isoboxes.h"

#include "app/imaging/pipeline/bytes.h"

namespace vitrine::imaging {

std::optional<IsoBox> IsoBoxReader::next()
{
    constexpr qsizetype shortHeader = 8, longHeader = 16;
    const QByteArrayView rest = m_list.sliced(m_position);
    if (rest.size() < shortHeader)
        return std::nullopt;
    quint64 size = bigEndian<quint32>(rest, 0);
    const bool isLong = size == 1;
    if (isLong)
        size = bigEndian<quint64>(rest, shortHeader);
    else if (size == 0)
        size = quint64(rest.size()); // up to the end
    const qsizetype header = isLong ? longHeader : shortHeader;
    if (size < quint64(header) || size > quint64(rest.size()))
        return std::nullopt;
    m_position += qsizetype(size);
    return IsoBox{rest.sliced(4, 4), rest.sliced(header, qsizetype(size) - header),
                  rest.first(qsizetype(size))};
}

quint64 IsoFields::number(int size)
{
    quint64 value = 0;
    const QByteArrayView digits = bytes(size);
    for (const char digit : digits)
        value = (value << 8) | quint8(digit);
    return value;
}

QByteArrayView IsoFields::bytes(qsizetype size)
{
    if (size > m_bytes.size() - m_position) {
        m_isCut = true;
        m_position = m_bytes.size();
        return {};
    }
    m_position += size;
    return m_bytes.sliced(m_position - size, size);
}

void appendIsoNumber(QByteArray& bytes, quint64 value, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bytes.append(char((value >> shift) & 0xff));
}

QByteArray isoBox(QByteArrayView type, QByteArrayView body)
{
    QByteArray box;
    appendIsoNumber(box, quint64(body.size()) + 8, 4);
    return box.append(type).append(body);
}

QByteArray isoFullBox(QByteArrayView type, quint8 version, quint32 flags, QByteArrayView body)
{
    QByteArray full;
    appendIsoNumber(full, version, 1);
    appendIsoNumber(full, flags, 3);
    return isoBox(type, full.append(body));
}

} // namespace vitrine::imaging
