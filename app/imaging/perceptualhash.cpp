// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/perceptualhash.h"

#include "app/imaging/cosines.h"

#include <algorithm>
#include <array>
#include <bit>

namespace vitrine::imaging {
namespace {

constexpr int kSide = 32;
constexpr int kFrequencies = 8;
/// Below this mean a picture's coefficients are rounding and noise: one grey level of noise
/// gives 1.
constexpr double kFaintestStructure = 4;

using Row = std::array<float, kSide>;
using Levels = std::array<Row, kSide>;
using Coefficients = std::array<float, size_t(kFrequencies) * kFrequencies>;

/// Luma of ITU-R BT.601, 0 to 255.
float lumaOf(QRgb pixel)
{
    return 0.299F * float(qRed(pixel)) + 0.587F * float(qGreen(pixel)) +
           0.114F * float(qBlue(pixel));
}

/// Calls \a add with each of the kSide equal parts of a side of \a count pixels that pixel \a index
/// reaches into, and with how much of the part it fills.
template <typename Add>
void spread(int index, int count, Add add)
{
    const int from = index * kSide, to = from + kSide; // in units of which a part has count
    for (int part = from / count; part * count < to; ++part) {
        const int overlap = std::min(to, (part + 1) * count) - std::max(from, part * count);
        add(size_t(part), float(overlap) / float(count));
    }
}

/// The picture at kSide × kSide, by area averaging.
Levels averaged(const QImage& image)
{
    Levels levels{};
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        Row row{};
        for (int x = 0; x < image.width(); ++x) {
            const float luma = lumaOf(line[x]);
            spread(x, image.width(), [&](size_t part, float share) { row[part] += share * luma; });
        }
        spread(y, image.height(), [&](size_t part, float share) {
            for (size_t x = 0; x < row.size(); ++x)
                levels[part][x] += share * row[x];
        });
    }
    return levels;
}

/// Of the orthonormal DCT, the low frequencies that vary both across and down.
Coefficients lowFrequencies(const Levels& levels)
{
    Coefficients low{};
    for (size_t i = 0; i < low.size(); ++i) {
        const auto down = cosines(1 + int(i) / kFrequencies, kSide);
        const auto across = cosines(1 + int(i) % kFrequencies, kSide);
        for (size_t y = 0; y < kSide; ++y) {
            for (size_t x = 0; x < kSide; ++x)
                low[i] += levels[y][x] * down[y] * across[x] * 2 / kSide;
        }
    }
    return low;
}

bool hasStructure(const Coefficients& low)
{
    double sum = 0;
    for (const float coefficient : low)
        sum += std::abs(coefficient);
    return sum >= kFaintestStructure * double(low.size());
}

float median(Coefficients values)
{
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

std::optional<quint64> perceptualHash(const QImage& image)
{
    if (image.isNull())
        return std::nullopt;
    const Coefficients low = lowFrequencies(averaged(image));
    if (!hasStructure(low))
        return std::nullopt;
    const float middle = median(low);
    quint64 hash = 0;
    for (const float coefficient : low)
        hash = hash << 1 | quint64(coefficient > middle);
    return hash;
}

int hashDistance(quint64 left, quint64 right)
{
    return std::popcount(left ^ right);
}

bool areAlike(quint64 left, quint64 right)
{
    return hashDistance(left, right) <= kAlikeDistance;
}

} // namespace vitrine::imaging
