// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/cvimage.h"

#include <mutex>

namespace vitrine::imaging {

cv::Mat sharedMat(QImage& image)
{
    return {image.height(), image.width(), CV_8UC4, image.bits(), size_t(image.bytesPerLine())};
}

cv::Mat sharedMat(const QImage& image)
{
    return {image.height(), image.width(), CV_8UC4, const_cast<uchar*>(image.constBits()),
            size_t(image.bytesPerLine())};
}

void useOneCvThread()
{
    static std::once_flag once;
    std::call_once(once, [] { cv::setNumThreads(1); });
}

} // namespace vitrine::imaging
