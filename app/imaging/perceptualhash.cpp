// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/perceptualhash.h"

#include "app/imaging/cvimage.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace vitrine::imaging {
namespace {

constexpr int kSide = 32;
constexpr int kFrequencies = 8;
/// Below this mean a picture's coefficients are rounding and noise: one grey level of noise
/// gives 1.
constexpr double kFaintestStructure = 4;

using Coefficients = std::array<float, size_t(kFrequencies) * kFrequencies>;

/// The low frequencies that vary both across and down.
Coefficients lowFrequencies(const QImage& image)
{
    cv::Mat small;
    cv::resize(sharedMat(image), small, {kSide, kSide}, 0, 0, cv::INTER_AREA);
    cv::Mat grey;
    cv::cvtColor(small, grey, cv::COLOR_BGRA2GRAY);
    cv::Mat levels;
    grey.convertTo(levels, CV_32F);
    cv::Mat transformed;
    cv::dct(levels, transformed);
    Coefficients low{};
    for (size_t i = 0; i < low.size(); ++i)
        low[i] = transformed.at<float>(1 + int(i) / kFrequencies, 1 + int(i) % kFrequencies);
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
    useOneCvThread();
    try {
        const Coefficients low = lowFrequencies(image);
        if (!hasStructure(low))
            return std::nullopt;
        const float middle = median(low);
        quint64 hash = 0;
        for (const float coefficient : low)
            hash = hash << 1 | quint64(coefficient > middle);
        return hash;
    } catch (const cv::Exception&) {
        return std::nullopt;
    }
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
