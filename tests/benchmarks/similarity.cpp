// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/similarity.h"

#include "tests/benchmarks/ssim.h"

#include <opencv2/imgproc.hpp>

#include <numeric>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

cv::Mat matOf(QImage& image)
{
    return {image.height(), image.width(), CV_8UC4, image.bits(), size_t(image.bytesPerLine())};
}

double mean(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

} // namespace

QImage gaussian(const QImage& image)
{
    QImage sharp = image;
    QImage soft(image.size(), QImage::Format_RGB32);
    cv::Mat target = matOf(soft);
    cv::GaussianBlur(matOf(sharp), target, {}, imaging::kBlurSigma, imaging::kBlurSigma,
                     cv::BORDER_REFLECT_101);
    return soft;
}

Reference::Reference(QByteArrayView jpeg)
    : m_whole(QImage::fromData(jpeg).convertToFormat(QImage::Format_RGB32))
{}

QImage Reference::at(QSize size) const
{
    QImage whole = m_whole;
    QImage small(size, QImage::Format_RGB32);
    cv::Mat target = matOf(small);
    cv::resize(matOf(whole), target, target.size(), 0, 0, cv::INTER_AREA);
    return small;
}

void Similarity::addValue(const QString& name, double value)
{
    if (!m_values.contains(name))
        m_names.append(name);
    m_values[name].push_back(value);
}

void Similarity::add(const QString& name, const Reference& truth, const QByteArray& jpeg)
{
    const QImage made = QImage::fromData(jpeg);
    addValue(name, ssim(truth.at(made.size()), made));
}

void Similarity::addBlurred(const QString& name, const Reference& truth, const QByteArray& jpeg)
{
    const QImage made = QImage::fromData(jpeg);
    addValue(name, ssim(gaussian(truth.at(made.size())), made));
}

void Similarity::addThree(const QString& whose, const Reference& truth, const ThreeJpegs& jpegs)
{
    add(u"of three, preview, "_s + whose, truth, jpegs[0]);
    addBlurred(u"of three, blurred, "_s + whose, truth, jpegs[1]);
    add(u"of three, highres, "_s + whose, truth, jpegs[2]);
}

QList<Row> Similarity::rows() const
{
    QList<Row> rows;
    for (const QString& name : m_names) {
        const double value = mean(m_values.value(name));
        rows.append({name, value, u"SSIM"_s, u"the same picture"_s, value});
    }
    return rows;
}

} // namespace vitrine::bench
