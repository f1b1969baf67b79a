// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/cvimage.h"

#include <mutex>

namespace vitrine::imaging {
namespace {

int typeOf(const QImage& image)
{
    return image.depth() > 32 ? CV_16UC4 : CV_8UC4;
}

} // namespace

cv::Mat sharedMat(QImage& image)
{
    return {image.height(), image.width(), typeOf(image), image.bits(),
            size_t(image.bytesPerLine())};
}

cv::Mat sharedMat(const QImage& image)
{
    return {image.height(), image.width(), typeOf(image), const_cast<uchar*>(image.constBits()),
            size_t(image.bytesPerLine())};
}

void useOneCvThread()
{
    static std::once_flag once;
    std::call_once(once, [] { cv::setNumThreads(1); });
}

} // namespace vitrine::imaging
