// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/thumbhash.h"

#include "app/imaging/thumbhashterms.h"

#include <QSize>

#include <algorithm>

namespace vitrine::imaging {

using namespace thumbhash;

namespace {

constexpr int kShownSide = 32;
constexpr qsizetype kOpaqueHeader = 5;
constexpr qsizetype kAlphaHeader = 6;
constexpr float kSaturation = 1.25F; ///< the decoder's answer to what 4 bits lose in colour

/// The fixed part of a hash.
struct Header {
    Colour constant;
    Colour scale;
    bool hasAlpha = false;
    QSize terms; ///< as written; their ratio is the picture's
    QSize lumaTerms() const { return terms.expandedTo({3, 3}); }
};

int byteAt(QByteArrayView hash, qsizetype at)
{
    return quint8(hash[at]);
}

Header readHeader(QByteArrayView hash)
{
    const int head = byteAt(hash, 0) | byteAt(hash, 1) << 8 | byteAt(hash, 2) << 16;
    const int tail = byteAt(hash, 3) | byteAt(hash, 4) << 8;
    Header header;
    header.hasAlpha = head >> 23;
    header.constant.l = float(head & 63) / 63;
    header.constant.p = float((head >> 6) & 63) / 31.5F - 1;
    header.constant.q = float((head >> 12) & 63) / 31.5F - 1;
    header.scale.l = float((head >> 18) & 31) / 31;
    header.scale.p = float((tail >> 3) & 63) / 63 * kSaturation;
    header.scale.q = float((tail >> 9) & 63) / 63 * kSaturation;
    header.scale.a = 0;
    if (header.hasAlpha && hash.size() >= kAlphaHeader) {
        header.constant.a = float(byteAt(hash, 5) & 15) / 15;
        header.scale.a = float(byteAt(hash, 5) >> 4) / 15;
    }
    const int longer = header.hasAlpha ? 5 : 7;
    const int shorter = tail & 7;
    header.terms = (tail >> 15) ? QSize(longer, shorter) : QSize(shorter, longer);
    return header;
}

/// One channel at every pixel of \a size: its constant plus its terms, four bits each, which are
/// taken from \a hash starting at \a nibble.
std::vector<float> decodeChannel(float constant, float scale, QSize terms, QSize size,
                                 QByteArrayView hash, int& nibble)
{
    std::vector<float> values(size_t(size.width()) * size_t(size.height()), constant);
    forEachTerm(terms.width(), terms.height(), [&](int cx, int cy) {
        if (cx == 0 && cy == 0)
            return;
        const int level = (byteAt(hash, nibble / 2) >> (nibble % 2 * 4)) & 15;
        ++nibble;
        const float amplitude = 2 * (float(level) / 7.5F - 1) * scale;
        const std::vector<float> across = cosines(cx, size.width());
        auto value = values.begin();
        for (const float fy : cosines(cy, size.height())) {
            for (const float fx : across)
                *value++ += amplitude * fx * fy;
        }
    });
    return values;
}

QRgb onWhite(const Colour& colour)
{
    const float b = colour.l - 2.0F / 3 * colour.p;
    const float r = (3 * colour.l - b + colour.q) / 2;
    const float g = r - colour.q;
    const float a = std::clamp(colour.a, 0.0F, 1.0F);
    const auto level = [a](float value) {
        return int(std::lround(255 * (std::clamp(value, 0.0F, 1.0F) * a + 1 - a)));
    };
    return qRgb(level(r), level(g), level(b));
}

QSize shownSize(QSize terms)
{
    const QSizeF whole = QSizeF(terms).scaled(kShownSide, kShownSide, Qt::KeepAspectRatio);
    return whole.toSize().expandedTo(QSize(1, 1));
}

/// How long a hash with this header has to be.
qsizetype sizeOf(const Header& header)
{
    const int chroma = 2 * termsOf(kChromaTerms, kChromaTerms);
    const int alpha = header.hasAlpha ? termsOf(kAlphaTerms, kAlphaTerms) : 0;
    const int nibbles =
        termsOf(header.lumaTerms().width(), header.lumaTerms().height()) + chroma + alpha;
    return (header.hasAlpha ? kAlphaHeader : kOpaqueHeader) + (nibbles + 1) / 2;
}

} // namespace

QImage imageFromThumbHash(QByteArrayView hash)
{
    if (hash.size() < kOpaqueHeader)
        return {};
    const Header header = readHeader(hash);
    if (header.terms.isEmpty() || hash.size() != sizeOf(header))
        return {};
    QImage image(shownSize(header.terms), QImage::Format_RGB32);
    int nibble = 2 * int(header.hasAlpha ? kAlphaHeader : kOpaqueHeader);
    const auto channel = [&](float Colour::*member, QSize terms) {
        return decodeChannel(header.constant.*member, header.scale.*member, terms, image.size(),
                             hash, nibble);
    };
    const QSize chroma(kChromaTerms, kChromaTerms);
    const auto l = channel(&Colour::l, header.lumaTerms());
    const auto p = channel(&Colour::p, chroma);
    const auto q = channel(&Colour::q, chroma);
    const auto a =
        channel(&Colour::a, header.hasAlpha ? QSize(kAlphaTerms, kAlphaTerms) : QSize(1, 1));
    size_t i = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x, ++i)
            image.setPixel(x, y, onWhite({l[i], p[i], q[i], a[i]}));
    }
    return image;
}

} // namespace vitrine::imaging
