// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/thumbhashencoder.h"

#include "app/imaging/pipeline/resize.h"
#include "app/imaging/thumbhashterms.h"

#include <algorithm>

namespace vitrine::imaging {

using namespace thumbhash;

namespace {

constexpr int kSourceSide = 100;

int quantized(float value, int steps)
{
    return int(std::lround(value * float(steps)));
}

struct Pixels {
    int width = 0, height = 0;
    bool hasAlpha = false;
    std::vector<Colour> colours;
};

struct Average {
    float r = 0, g = 0, b = 0, a = 0;
};

Average averageOf(const QImage& argb)
{
    Average sum;
    for (int y = 0; y < argb.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(argb.constScanLine(y));
        for (int x = 0; x < argb.width(); ++x) {
            sum.r += float(qRed(line[x]));
            sum.g += float(qGreen(line[x]));
            sum.b += float(qBlue(line[x]));
            sum.a += float(qAlpha(line[x]));
        }
    }
    const float weight = sum.a > 0 ? sum.a : 1; // the colours are premultiplied
    return {sum.r / weight, sum.g / weight, sum.b / weight, sum.a / 255};
}

/// \a argb is premultiplied; what is transparent shows the average colour.
Pixels pixelsOf(const QImage& argb)
{
    const Average average = averageOf(argb);
    Pixels pixels{argb.width(), argb.height(), false, {}};
    pixels.hasAlpha = argb.hasAlphaChannel() && average.a < float(argb.width() * argb.height());
    pixels.colours.reserve(size_t(argb.width()) * size_t(argb.height()));
    for (int y = 0; y < argb.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(argb.constScanLine(y));
        for (int x = 0; x < argb.width(); ++x) {
            const float a = float(qAlpha(line[x])) / 255;
            const float r = average.r * (1 - a) + float(qRed(line[x])) / 255;
            const float g = average.g * (1 - a) + float(qGreen(line[x])) / 255;
            const float b = average.b * (1 - a) + float(qBlue(line[x])) / 255;
            pixels.colours.push_back({(r + g + b) / 3, (r + g) / 2 - b, r - g, a});
        }
    }
    return pixels;
}

/// One channel as a constant, a scale and terms from 0 to 1 that stand for -scale to scale.
struct Channel {
    float constant = 0;
    float scale = 0;
    std::vector<float> terms;
};

float amplitude(const Pixels& pixels, float Colour::*member, int cx, int cy)
{
    const std::vector<float> across = cosines(cx, pixels.width);
    const std::vector<float> down = cosines(cy, pixels.height);
    float sum = 0;
    const Colour* colour = pixels.colours.data();
    for (const float fy : down) {
        for (const float fx : across)
            sum += colour++->*member * fx * fy;
    }
    return sum / float(pixels.width * pixels.height);
}

Channel encodeChannel(const Pixels& pixels, float Colour::*member, int nx, int ny)
{
    Channel channel;
    forEachTerm(nx, ny, [&](int cx, int cy) {
        const float value = amplitude(pixels, member, cx, cy);
        if (cx == 0 && cy == 0) {
            channel.constant = value;
            return;
        }
        channel.terms.push_back(value);
        channel.scale = std::max(channel.scale, std::abs(value));
    });
    for (float& term : channel.terms)
        term = channel.scale > 0 ? 0.5F + 0.5F * term / channel.scale : term;
    return channel;
}

void appendTerms(QByteArray& hash, const std::vector<const Channel*>& channels)
{
    bool isHigh = false; // two terms a byte, the first in the low half
    for (const Channel* channel : channels) {
        for (const float term : channel->terms) {
            const int nibble = quantized(term, 15);
            if (isHigh)
                hash.back() = char(quint8(hash.back()) | nibble << 4);
            else
                hash.append(char(nibble));
            isHigh = !isHigh;
        }
    }
}

/// How many terms luminance has a side: seven (five beside alpha) along the longer one.
QSize luminanceTerms(QSize size, bool hasAlpha)
{
    const int limit = hasAlpha ? 5 : 7;
    const int longest = std::max(size.width(), size.height());
    const auto scaled = [&](int side) {
        return std::max(1, int(std::lround(double(limit) * side / longest)));
    };
    return {scaled(size.width()), scaled(size.height())};
}

QByteArray encode(const Pixels& pixels)
{
    const QSize terms = luminanceTerms({pixels.width, pixels.height}, pixels.hasAlpha);
    const bool isLandscape = pixels.width > pixels.height;
    const Channel l =
        encodeChannel(pixels, &Colour::l, std::max(3, terms.width()), std::max(3, terms.height()));
    const Channel p = encodeChannel(pixels, &Colour::p, kChromaTerms, kChromaTerms);
    const Channel q = encodeChannel(pixels, &Colour::q, kChromaTerms, kChromaTerms);
    const int head = quantized(l.constant, 63) | quantized(0.5F + 0.5F * p.constant, 63) << 6 |
                     quantized(0.5F + 0.5F * q.constant, 63) << 12 | quantized(l.scale, 31) << 18 |
                     int(pixels.hasAlpha) << 23;
    const int tail = (isLandscape ? terms.height() : terms.width()) | quantized(p.scale, 63) << 3 |
                     quantized(q.scale, 63) << 9 | int(isLandscape) << 15;
    QByteArray hash;
    for (const int byte : {head, head >> 8, head >> 16, tail, tail >> 8})
        hash.append(char(byte & 0xff));
    if (!pixels.hasAlpha) {
        appendTerms(hash, {&l, &p, &q});
        return hash;
    }
    const Channel a = encodeChannel(pixels, &Colour::a, kAlphaTerms, kAlphaTerms);
    hash.append(char(quantized(a.constant, 15) | quantized(a.scale, 15) << 4));
    appendTerms(hash, {&l, &p, &q, &a});
    return hash;
}

} // namespace

QByteArray thumbHash(const QImage& image)
{
    if (image.isNull())
        return {};
    const QImage argb =
        fitted(image.convertToFormat(QImage::Format_ARGB32_Premultiplied), kSourceSide);
    return argb.isNull() ? QByteArray() : encode(pixelsOf(argb));
}

} // namespace vitrine::imaging
