// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/contenders.h"

#include <opencv2/core.hpp>
#include <vips/vips.h>

#include <memory>

namespace vitrine::bench {
namespace {

using namespace imaging;

struct Unref {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

Image checked(VipsImage* image, int failed)
{
    if (failed)
        qFatal("libvips: %s", vips_error_buffer());
    return Image(image);
}

QByteArray encoded(const Image& image)
{
    void* data = nullptr;
    size_t size = 0;
    if (vips_jpegsave_buffer(image.get(), &data, &size, "Q", kJpegQuality, "strip", TRUE, nullptr))
        qFatal("libvips: %s", vips_error_buffer());
    QByteArray bytes(static_cast<const char*>(data), qsizetype(size));
    g_free(data);
    return bytes;
}

/// In memory, so that what comes out of it does not decode once more.
Image fitted(const Image& image, int side)
{
    VipsImage* small = nullptr;
    const int failed = vips_thumbnail_image(image.get(), &small, side, "height", side, "size",
                                            VIPS_SIZE_DOWN, nullptr);
    const Image lazy = checked(small, failed);
    return checked(vips_image_copy_memory(lazy.get()), 0);
}

int shrinkFor(QByteArrayView jpeg)
{
    VipsImage* header = nullptr;
    const int failed =
        vips_jpegload_buffer(const_cast<char*>(jpeg.data()), size_t(jpeg.size()), &header, nullptr);
    const Image image = checked(header, failed);
    const int longest =
        std::max(vips_image_get_width(image.get()), vips_image_get_height(image.get()));
    int shrink = 8;
    while (shrink > 1 && longest / shrink < kHighresSide)
        shrink /= 2;
    return shrink;
}

} // namespace

void setUpContenders(const char* program)
{
    if (VIPS_INIT(program))
        qFatal("libvips: %s", vips_error_buffer());
    vips_concurrency_set(1);
    vips_cache_set_max(0); // or the second round would cost nothing
    cv::setNumThreads(1);
}

QByteArray vipsPreview(QByteArrayView jpeg)
{
    VipsImage* small = nullptr;
    const int failed = vips_thumbnail_buffer(const_cast<char*>(jpeg.data()), size_t(jpeg.size()),
                                             &small, kPreviewSide, "height", kPreviewSide, "size",
                                             VIPS_SIZE_DOWN, nullptr);
    return encoded(checked(small, failed));
}

ThreeJpegs vipsThree(QByteArrayView jpeg)
{
    VipsImage* decoded = nullptr;
    const int failed = vips_jpegload_buffer(const_cast<char*>(jpeg.data()), size_t(jpeg.size()),
                                            &decoded, "shrink", shrinkFor(jpeg), nullptr);
    const Image highres = fitted(checked(decoded, failed), kHighresSide);
    const Image preview = fitted(highres, kPreviewSide);
    VipsImage* soft = nullptr;
    const int unblurred = vips_gaussblur(preview.get(), &soft, kBlurSigma, nullptr);
    return {encoded(preview), encoded(checked(soft, unblurred)), encoded(highres)};
}

} // namespace vitrine::bench
