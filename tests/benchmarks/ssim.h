// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace vitrine::bench {

/// Structural similarity of two pictures of one size, 1 for the same picture: Wang, Bovik, Sheikh
/// and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity"
/// (2004). As there: luma, a Gaussian window of 11×11 with a deviation of 1.5, K1 = 0.01,
/// K2 = 0.03, the mean over all windows.
double ssim(const QImage& left, const QImage& right);

} // namespace vitrine::bench
