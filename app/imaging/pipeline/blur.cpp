// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/cvimage.h"
#include "app/imaging/pipeline/makevariants.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace vitrine::imaging {
namespace {

/// A wide blur is done at a quarter of the size: an eighth of the time, and the difference is below
/// what 8 bits show.
constexpr int kReduction = 4;
/// What averaging 4×4 blocks (the variance of a box) and linear interpolation back blur already.
constexpr double kVarianceDown = 1.25;
constexpr double kVarianceUp = 2.7;
/// Below this the quarter-size picture has too few pixels to stand for the whole.
constexpr int kSmallestReduced = 8 * kReduction;

cv::Size reduced(cv::Size size)
{
    return {(size.width + kReduction / 2) / kReduction,
            (size.height + kReduction / 2) / kReduction};
}

void blurReduced(const cv::Mat& from, cv::Mat& to)
{
    static const double sigma =
        std::sqrt(kBlurSigma * kBlurSigma - kVarianceDown - kVarianceUp) / kReduction;
    cv::Mat small;
    cv::resize(from, small, reduced(from.size()), 0, 0, cv::INTER_AREA);
    cv::Mat soft;
    cv::GaussianBlur(small, soft, {}, sigma, sigma, cv::BORDER_REFLECT_101);
    cv::resize(soft, to, to.size(), 0, 0, cv::INTER_LINEAR);
}

} // namespace

QImage blurred(const QImage& preview)
{
    const QImage source = preview.convertToFormat(QImage::Format_RGB32);
    QImage result(source.size(), QImage::Format_RGB32);
    if (source.isNull() || result.isNull())
        return {};
    useOneCvThread();
    try {
        const cv::Mat from = sharedMat(source);
        cv::Mat to = sharedMat(result);
        if (std::min(source.width(), source.height()) < kSmallestReduced)
            cv::GaussianBlur(from, to, {}, kBlurSigma, kBlurSigma, cv::BORDER_REFLECT_101);
        else
            blurReduced(from, to);
    } catch (const cv::Exception&) {
        return {};
    }
    return result;
}

} // namespace vitrine::imaging
