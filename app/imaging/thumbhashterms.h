// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/cosines.h"

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

} // namespace vitrine::imaging::thumbhash
