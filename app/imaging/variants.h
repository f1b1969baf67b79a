// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

#include <optional>

namespace vitrine::imaging {

/// The platform's variants: fit into a square of this side, scale-down only.
inline constexpr int kPreviewSide = 360;
inline constexpr int kHighresSide = 2000;

/// Standard deviation, in pixels of the preview, that stands for Cloudflare Images' "blur: 15".
/// Cloudflare documents no sigma; half the value is the public guess.
inline constexpr double kBlurSigma = 7.5;

inline constexpr int kJpegQuality = 80;

/// How large a picture is decoded before it is averaged down, where the format has a choice.
enum class Scaling {
    Speed,  ///< the smallest power of two that is not below the target: for a grid of many
    Quality ///< at least twice the target, up to a preview's size: finer edges, a sixth more time
};

/// What to compute. What is not asked for costs nothing.
struct Wanted {
    bool preview = false;
    bool blurred = false;
    bool highres = false;
    bool placeholder = false;    ///< ThumbHash
    bool perceptualHash = false; ///< see perceptualhash.h
    Scaling scaling = Scaling::Quality;
};

/// Opaque sRGB pixels (QImage::Format_RGB32), oriented as shown; null where not asked for. Of an
/// animation the first frame (ImageInfo::isAnimated tells).
struct Variants {
    QImage preview;
    QImage blurred;
    QImage highres;
    QByteArray placeholder;                ///< ThumbHash, raw bytes
    std::optional<quint64> perceptualHash; ///< none too for a picture without structure
    bool isDamaged = false; ///< the data ended early or had errors; the rest is what could be read
};

/// JPEG bytes without any metadata; empty only if memory ran out.
QByteArray encodeJpeg(const QImage& image, int quality = kJpegQuality);

} // namespace vitrine::imaging
