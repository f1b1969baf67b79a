// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtEndian>

namespace vitrine::imaging {

/// The bits of a JPEG's scan, most significant first, without the zeros stuffed behind 0xff. At a
/// marker, and at the end of the bytes, it gives zeros and counts them.
class JpegBits
{
public:
    explicit JpegBits(QByteArrayView scan) : m_next(scan.begin()), m_end(scan.end()) {}

    /// Sees to it that the next 32 bits are there.
    void fill()
    {
        if (m_count < 32)
            fetch();
    }
    unsigned peek(int count) const { return unsigned(m_bits >> (64 - count)); }
    void skip(int count)
    {
        m_bits <<= count;
        m_count -= count;
    }
    /// A difference or coefficient of \a size bits, 1 to 15 (ITU-T T.81, F.2.2.1, "EXTEND").
    int signedNumber(int size)
    {
        const int value = int(peek(size));
        skip(size);
        return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    /// More was taken than there is.
    bool hasOverrun() const { return m_count < m_zeros; }
    /// Goes behind \a marker; false unless it comes next, with nothing left before it but the rest
    /// of a byte.
    bool passMarker(uchar marker)
    {
        const int left = m_count - m_zeros;
        const bool isNext = left >= 0 && left < 8 && m_end - m_next >= 2 &&
                            uchar(m_next[0]) == 0xff && uchar(m_next[1]) == marker;
        if (isNext)
            *this = JpegBits({m_next + 2, m_end});
        return isNext;
    }

private:
    static bool hasMarkerByte(quint64 word) // a byte of 0xff: one of the complement is zero
    {
        constexpr quint64 ones = 0x0101010101010101, tops = 0x8080808080808080;
        return ((~word - ones) & word & tops) != 0;
    }
    void fetch()
    {
        if (m_end - m_next >= 8) {
            const auto word = qFromBigEndian<quint64>(m_next);
            if (!hasMarkerByte(word)) { // the bits that do not count yet come again next time
                m_bits |= word >> m_count;
                m_next += (63 - m_count) / 8;
                m_count |= 56;
                return;
            }
        }
        *this = filledByBytes(*this);
    }
    /// Beside a marker or a stuffed byte. By value, so that whoever reads can keep its bits in
    /// registers.
    [[gnu::noinline]] static JpegBits filledByBytes(JpegBits bits)
    {
        while (bits.m_count <= 56)
            bits.fetchByte();
        return bits;
    }
    void fetchByte()
    {
        const bool isThere = m_next < m_end;
        const bool isStuffed = m_end - m_next >= 2 && uchar(m_next[0]) == 0xff && m_next[1] == 0;
        if (isThere && (isStuffed || uchar(*m_next) != 0xff)) {
            m_bits |= quint64(uchar(*m_next)) << (56 - m_count);
            m_next += isStuffed ? 2 : 1;
        } else {
            m_zeros += 8;
        }
        m_count += 8;
    }

    const char* m_next;
    const char* m_end;
    quint64 m_bits = 0; ///< left-aligned
    int m_count = 0;    ///< of bits that may be taken
    int m_zeros = 0;    ///< how many of them, the last, stand for nothing
};

} // namespace vitrine::imaging
