// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <opencv2/core.hpp>

namespace vitrine::imaging {

/// The pixels of an image of four channels, 8 or 16 bits each, as OpenCV sees them, shared: valid
/// as long as the image is.
cv::Mat sharedMat(QImage& image);
/// OpenCV has no read-only matrices: the result must only be read.
cv::Mat sharedMat(const QImage& image);

/// One picture per thread is the rule here: OpenCV's own threads would only fight for the cores.
void useOneCvThread();

} // namespace vitrine::imaging
