// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/probe.h"

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

/// Decodes once and makes what is wanted: orientation applied, ICC profile converted to sRGB, alpha
/// composited on white. CPU-bound; any thread, one image per thread.
/// Errors: as probe(), and DamagedImage when nothing could be decoded.
Result<Variants> makeVariants(QByteArrayView bytes, const Wanted& wanted, const Limits& limits);

/// The thumbnail inside the file's EXIF, oriented as shown; null if there is none. It may be stale:
/// good for the first 100 ms, not for the truth.
QImage embeddedThumbnail(QByteArrayView bytes);

/// As the platform blurs a private image's preview. Same size; Format_RGB32.
QImage blurred(const QImage& preview);

/// JPEG bytes without any metadata; empty only if memory ran out.
QByteArray encodeJpeg(const QImage& image, int quality = kJpegQuality);

/// Decodes a preview or highres that a server sent (untrusted bytes), not larger than \a maxSide.
/// Errors: as makeVariants(); data that is cut off or broken is DamagedImage here, because what a
/// server sent can be asked for again.
Result<QImage> decodeFitting(QByteArrayView bytes, int maxSide, const Limits& limits);

} // namespace vitrine::imaging
