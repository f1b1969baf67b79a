// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

namespace vitrine::imaging {

/// One cosine of a DCT, at the centre of every pixel of a side of \a size.
inline std::vector<float> cosines(int frequency, int size)
{
    std::vector<float> values(static_cast<size_t>(size));
    for (int i = 0; i < size; ++i)
        values[size_t(i)] = std::cos(std::numbers::pi_v<float> / float(size) * float(frequency) *
                                     (float(i) + 0.5F));
    return values;
}

} // namespace vitrine::imaging
