// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/resize.h"

#include "app/imaging/pipeline/cvimage.h"

#include <opencv2/imgproc.hpp>

namespace vitrine::imaging {

QImage fitted(const QImage& image, int side)
{
    if (image.width() <= side && image.height() <= side)
        return image;
    const QSize size = image.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    QImage small(size, image.format());
    if (small.isNull())
        return {};
    useOneCvThread();
    try {
        cv::Mat target = sharedMat(small);
        cv::resize(sharedMat(image), target, target.size(), 0, 0, cv::INTER_AREA);
    } catch (const cv::Exception&) {
        return {};
    }
    return small;
}

} // namespace vitrine::imaging
