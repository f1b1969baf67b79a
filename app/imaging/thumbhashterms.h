// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

/// What the two directions of ThumbHash share.
namespace vitrine::imaging::thumbhash {

constexpr int kChromaTerms = 3; ///< cosine terms a side, of both colour differences
constexpr int kAlphaTerms = 5;

/// Luminance, yellow-blue and red-green differences, opacity; each from 0 or -1 to 1.
struct Colour {
    float l = 0, p = 0, q = 0, a = 1;
};

/// Terms of a channel lie in a triangle: the higher the vertical frequency, the fewer across.
template <typename Visit>
void forEachTerm(int nx, int ny, Visit visit)
{
    for (int cy = 0; cy < ny; ++cy) {
        for (int cx = 0; cx * ny < nx * (ny - cy); ++cx)
            visit(cx, cy);
    }
}

inline int termsOf(int nx, int ny)
{
    int terms = -1; // the constant term is kept elsewhere
    forEachTerm(nx, ny, [&terms](int, int) { ++terms; });
    return terms;
}

/// One cosine at the centre of every pixel of a side.
inline std::vector<float> cosines(int frequency, int size)
{
    std::vector<float> values(static_cast<size_t>(size));
    for (int i = 0; i < size; ++i)
        values[size_t(i)] = std::cos(std::numbers::pi_v<float> / float(size) * float(frequency) *
                                     (float(i) + 0.5F));
    return values;
}

} // namespace vitrine::imaging::thumbhash
