// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <optional>

namespace vitrine::imaging {

/// Up to this many different bits two hashes are taken for the same picture: a copy that was
/// scaled, compressed again or made a little brighter stays below it, another picture does not come
/// near (two unrelated hashes differ in 32 bits on average).
inline constexpr int kAlikeDistance = 8;

/// A hash that stays nearly the same when a picture is scaled, compressed again or changed a little
/// in tone: the DCT hash of Christoph Zauner's "Implementation and Benchmarking of Perceptual Image
/// Hash Functions" (2010), section 3.2: luma at 32×32, its DCT, and for each of the 8×8 lowest
/// frequencies that vary in both directions, whether it lies above their median.
/// Written out, not asked of OpenCV: programs hash pictures that they show, and to load OpenCV for
/// that would double the time in which they start. \a image has 32 bits a pixel. None for a picture
/// that has no such structure (a plain colour, a straight gradient): all of them would be alike.
std::optional<quint64> perceptualHash(const QImage& image);

/// In how many bits two hashes differ, 0 to 64.
int hashDistance(quint64 left, quint64 right);

/// Whether two hashes are most likely of the same picture.
bool areAlike(quint64 left, quint64 right);

} // namespace vitrine::imaging
