// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/jpegerrors.h"
#include "app/imaging/pipeline/jpegbits.h"

#include <array>
#include <tuple>
#include <utility>

namespace vitrine::imaging {

/// A Huffman table of a baseline JPEG, made for passing over what is not wanted: of coefficients
/// that are short it passes several at once.
class JpegHuffman
{
public:
    /// False for a table that no encoder writes. \a isOfCoefficients: else of differences.
    [[nodiscard]] bool set(const JHUFF_TBL& table, bool isOfCoefficients);

    /// The next symbol; negative if there is none that begins so.
    int symbol(JpegBits& bits) const
    {
        const Code code = m_codes[bits.peek(kPeek)];
        if (code.length == 0)
            return longSymbol(bits);
        bits.skip(code.length);
        return code.symbol;
    }
    /// Passes over the coefficients of a block, all but the first. False if they make no sense.
    bool passBlock(JpegBits& bits) const
    {
        JpegBits own = bits; // in registers
        int next = 1;
        while (next < kEnd) {
            own.fill();
            const Leap leap = m_leaps[own.peek(kPeek)];
            if (leap.length > 0 && next + leap.reach <= kEnd) {
                own.skip(leap.length);
                next += leap.advance;
                continue;
            }
            std::tie(own, next) = passOne(own, next);
        }
        bits = own;
        return next < kWrong;
    }

private:
    static constexpr int kPeek = 12; // bits; longer codes are rare
    static constexpr int kEnd = 64;
    static constexpr int kWrong = 1000; ///< a place that there is not
    static constexpr int kLongest = 16;

    struct Code {
        quint8 length = 0; ///< in bits; 0: it is longer than kPeek, or there is none
        quint8 symbol = 0;
    };
    /// As many coefficients as have their codes in kPeek bits.
    struct alignas(4) Leap {
        quint8 length = 0;  ///< in bits, with those behind the last code
        quint8 reach = 0;   ///< how many places of the block they need
        quint8 advance = 0; ///< as many, or enough to end the block
    };

    int longSymbol(JpegBits& bits) const;
    std::pair<JpegBits, int> passOne(JpegBits bits, int next) const;
    Leap leapAt(unsigned bits) const;

    std::array<Code, 1 << kPeek> m_codes{};
    std::array<Leap, 1 << kPeek> m_leaps{};
    std::array<int, kLongest + 1> m_firstCode{}; ///< of each length
    std::array<int, kLongest + 1> m_firstPlace{};
    std::array<quint8, kLongest + 1> m_counts{};
    std::array<quint8, 256> m_symbols{};
};

} // namespace vitrine::imaging
