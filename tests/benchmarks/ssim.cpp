// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/ssim.h"

#include <opencv2/imgproc.hpp>

namespace vitrine::bench {
namespace {

constexpr int kWindow = 11;
constexpr double kDeviation = 1.5;
constexpr double kC1 = (0.01 * 255) * (0.01 * 255);
constexpr double kC2 = (0.03 * 255) * (0.03 * 255);

cv::Mat luma(const QImage& image)
{
    const QImage pixels = image.convertToFormat(QImage::Format_RGB32);
    const cv::Mat colours(pixels.height(), pixels.width(), CV_8UC4,
                          const_cast<uchar*>(pixels.constBits()), size_t(pixels.bytesPerLine()));
    cv::Mat grey;
    cv::cvtColor(colours, grey, cv::COLOR_BGRA2GRAY);
    cv::Mat levels;
    grey.convertTo(levels, CV_64F);
    return levels;
}

cv::Mat windowed(const cv::Mat& values)
{
    cv::Mat means;
    cv::GaussianBlur(values, means, {kWindow, kWindow}, kDeviation, kDeviation);
    return means;
}

} // namespace

double ssim(const QImage& left, const QImage& right)
{
    const cv::Mat x = luma(left), y = luma(right);
    const cv::Mat meanX = windowed(x), meanY = windowed(y);
    const cv::Mat varianceX = windowed(x.mul(x)) - meanX.mul(meanX);
    const cv::Mat varianceY = windowed(y.mul(y)) - meanY.mul(meanY);
    const cv::Mat covariance = windowed(x.mul(y)) - meanX.mul(meanY);
    const cv::Mat above = (2 * meanX.mul(meanY) + kC1).mul(2 * covariance + kC2);
    const cv::Mat below =
        (meanX.mul(meanX) + meanY.mul(meanY) + kC1).mul(varianceX + varianceY + kC2);
    cv::Mat similarity;
    cv::divide(above, below, similarity);
    return cv::mean(similarity)[0];
}

} // namespace vitrine::bench
