// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace vitrine::imaging {

/// Marker codes, the byte behind 0xFF (ITU-T T.81, table B.1).
namespace jpegmarker {
inline constexpr quint8 kSof0 = 0xc0, kSof2 = 0xc2, kDht = 0xc4, kJpg = 0xc8, kSof10 = 0xca,
                        kDac = 0xcc, kSof15 = 0xcf, kRst0 = 0xd0, kRst7 = 0xd7, kSoi = 0xd8,
                        kEoi = 0xd9, kSos = 0xda, kDqt = 0xdb, kDnl = 0xdc, kDri = 0xdd,
                        kApp0 = 0xe0, kApp1 = 0xe1, kApp2 = 0xe2, kApp14 = 0xee;
} // namespace jpegmarker

/// Whether \a marker starts a frame and so tells the size.
bool isStartOfFrame(quint8 marker);

struct JpegSegment {
    quint8 marker = 0;
    QByteArrayView payload; ///< behind the length field; for SOS its header only
    QByteArrayView whole;   ///< from 0xFF on; for SOS up to the end of the entropy-coded data
};

/// Goes through the segments of a JPEG, the scans included, without copying. The bytes have to
/// outlive it.
class JpegMarkerReader
{
public:
    explicit JpegMarkerReader(QByteArrayView bytes);

    /// The next segment that has a length; none at EOI, or where the data is cut off.
    std::optional<JpegSegment> next();

    /// EOI was met: the picture is whole as far as the markers tell.
    bool reachedEnd() const { return m_reachedEnd; }
    /// Behind what was read; after reachedEnd() a trailer starts here.
    qsizetype position() const { return m_position; }

private:
    std::optional<quint8> nextMarker();
    qsizetype endOfScan(qsizetype from) const;

    QByteArrayView m_bytes;
    qsizetype m_position = 0;
    bool m_reachedEnd = false;
};

/// Appends a segment with its length. \a payload has 65533 bytes at most.
void appendJpegSegment(QByteArray& jpeg, quint8 marker, QByteArrayView payload);

} // namespace vitrine::imaging
