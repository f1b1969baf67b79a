// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegmarkers.h"

#include "app/imaging/pipeline/bytes.h"

namespace vitrine::imaging {

using namespace jpegmarker;

bool isStartOfFrame(quint8 marker)
{
    return marker >= kSof0 && marker <= kSof15 && marker != kDht && marker != kJpg &&
           marker != kDac;
}

JpegMarkerReader::JpegMarkerReader(QByteArrayView bytes)
    : m_bytes(bytes), m_position(qMin<qsizetype>(2, bytes.size()))
{}

std::optional<JpegSegment> JpegMarkerReader::next()
{
    while (const auto marker = nextMarker()) {
        if (*marker == kEoi) {
            m_reachedEnd = true;
            return std::nullopt;
        }
        const bool standsAlone = *marker >= kRst0 && *marker <= kSoi;
        if (standsAlone || *marker <= 1)
            continue;
        const qsizetype start = m_position - 2;
        const auto length = bigEndian<quint16>(m_bytes, m_position);
        if (length < 2 || m_position + length > m_bytes.size())
            return std::nullopt;
        JpegSegment segment{*marker, m_bytes.sliced(m_position + 2, length - 2), {}};
        m_position += length;
        if (*marker == kSos)
            m_position = endOfScan(m_position);
        segment.whole = m_bytes.sliced(start, m_position - start);
        return segment;
    }
    return std::nullopt;
}

std::optional<quint8> JpegMarkerReader::nextMarker()
{
    m_position = m_bytes.indexOf('\xff', m_position); // decoders skip rubbish between segments
    if (m_position < 0) {
        m_position = m_bytes.size();
        return std::nullopt;
    }
    while (m_position < m_bytes.size() && m_bytes[m_position] == '\xff')
        ++m_position; // fill bytes
    if (m_position == m_bytes.size())
        return std::nullopt;
    return quint8(m_bytes[m_position++]);
}

qsizetype JpegMarkerReader::endOfScan(qsizetype from) const
{
    for (qsizetype at = m_bytes.indexOf('\xff', from); at >= 0 && at + 1 < m_bytes.size();
         at = m_bytes.indexOf('\xff', at)) {
        const auto code = quint8(m_bytes[at + 1]);
        const bool isData = code == 0 || (code >= kRst0 && code <= kRst7);
        if (!isData && code != 0xff)
            return at;
        at += isData ? 2 : 1;
    }
    return m_bytes.size();
}

void appendJpegSegment(QByteArray& jpeg, quint8 marker, QByteArrayView payload)
{
    const quint16 length = qToBigEndian(quint16(payload.size() + 2));
    jpeg.append('\xff').append(char(marker));
    jpeg.append(reinterpret_cast<const char*>(&length), sizeof length);
    jpeg.append(payload);
}

} // namespace vitrine::imaging
