// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpeghuffman.h"

#include <algorithm>

namespace vitrine::imaging {
namespace {

/// A symbol of a coefficient: how many zeros go before it, and how many bits it has.
int runOf(int symbol)
{
    return symbol >> 4;
}

int sizeOf(int symbol)
{
    return symbol & 15;
}

constexpr int kSixteenZeros = 0xf0;
constexpr int kMostDifferenceBits = 11; ///< of samples of 8 bits
constexpr int kMostCoefficientBits = 10;

bool isEndOfBlock(int symbol)
{
    return sizeOf(symbol) == 0 && symbol != kSixteenZeros;
}

} // namespace

bool JpegHuffman::set(const JHUFF_TBL& table, bool isOfCoefficients)
{
    std::copy_n(table.huffval, m_symbols.size(), m_symbols.begin());
    int code = 0;
    int place = 0;
    for (int length = 1; length <= kLongest; ++length) {
        m_counts[size_t(length)] = table.bits[length];
        m_firstCode[size_t(length)] = code;
        m_firstPlace[size_t(length)] = place;
        if (place + table.bits[length] > int(m_symbols.size()) ||
            code + table.bits[length] > 1 << length)
            return false;
        for (int i = 0; i < table.bits[length]; ++i, ++code, ++place) {
            const quint8 symbol = m_symbols[size_t(place)];
            const int most = isOfCoefficients ? kMostCoefficientBits : kMostDifferenceBits;
            if (isOfCoefficients ? sizeOf(symbol) > most : symbol > most)
                return false;
            if (length <= kPeek)
                std::fill_n(m_codes.begin() + (code << (kPeek - length)), 1 << (kPeek - length),
                            Code{quint8(length), symbol});
        }
        code <<= 1;
    }
    for (unsigned bits = 0; isOfCoefficients && bits < m_leaps.size(); ++bits)
        m_leaps[bits] = leapAt(bits);
    return true;
}

JpegHuffman::Leap JpegHuffman::leapAt(unsigned bits) const
{
    Leap leap;
    for (;;) {
        const Code code = m_codes[(bits << leap.length) & (m_codes.size() - 1)];
        const int reach = leap.reach + runOf(code.symbol) + 1;
        if (code.length == 0 || leap.length + code.length > kPeek || reach >= kEnd)
            return leap;
        leap.length += quint8(code.length + sizeOf(code.symbol));
        if (isEndOfBlock(code.symbol)) {
            leap.reach += 1; // there must be a place left, or it would not be written
            leap.advance = kEnd;
            return leap;
        }
        leap.reach = leap.advance = quint8(reach);
        if (leap.length >= kPeek)
            return leap;
    }
}

int JpegHuffman::longSymbol(JpegBits& bits) const
{
    for (int length = kPeek + 1; length <= kLongest; ++length) {
        const int offset = int(bits.peek(length)) - m_firstCode[size_t(length)];
        if (offset < 0 || offset >= m_counts[size_t(length)])
            continue;
        bits.skip(length);
        return m_symbols[size_t(m_firstPlace[size_t(length)] + offset)];
    }
    return -1;
}

std::pair<JpegBits, int> JpegHuffman::passOne(JpegBits bits, int next) const
{
    const int found = symbol(bits);
    if (found < 0)
        return {bits, kWrong};
    bits.skip(sizeOf(found));
    const int behind = next + runOf(found) + 1;
    return {bits, isEndOfBlock(found) ? kEnd : behind > kEnd ? kWrong : behind};
}

} // namespace vitrine::imaging
