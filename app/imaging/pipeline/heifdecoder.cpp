// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/heifdecoder.h"

#include "app/imaging/pipeline/heifcolours.h"
#include "app/imaging/pipeline/heifcontainer.h"

#include <mutex>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using Options = std::unique_ptr<heif_decoding_options, HeifRelease<heif_decoding_options_free>>;

Result<HeifImage> decodePicture(const heif_image_handle* picture)
{
    const Options options(heif_decoding_options_alloc());
    options->convert_hdr_to_8bit = 1;
    heif_image* image = nullptr;
    const heif_error error = heif_decode_image(picture, &image, heif_colorspace_RGB,
                                               heif_chroma_interleaved_RGBA, options.get());
    if (error.code != heif_error_Ok)
        return heifFailure(error);
    return HeifImage(image);
}

QImage::Format formatOf(const heif_image_handle* picture)
{
    if (!heif_image_handle_has_alpha_channel(picture))
        return QImage::Format_RGBX8888;
    return heif_image_handle_is_premultiplied_alpha(picture) ? QImage::Format_RGBA8888_Premultiplied
                                                             : QImage::Format_RGBA8888;
}

/// A copy in the format that the pipeline works with.
QImage copied(const heif_image* image, QImage::Format format)
{
    int stride = 0;
    const uchar* pixels = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    if (!pixels)
        return {};
    const QImage view(pixels, heif_image_get_width(image, heif_channel_interleaved),
                      heif_image_get_height(image, heif_channel_interleaved), stride, format);
    return view.convertToFormat(view.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied
                                                       : QImage::Format_RGB32);
}

} // namespace

Result<ImageInfo> probeHeif(QByteArrayView bytes, Format format)
{
    loadHeifDecoders();
    return HeifContainer::open(bytes).map([format](const HeifContainer& file) {
        return ImageInfo{.format = format, .size = file.size()};
    });
}

Result<Decoded> decodeHeif(QByteArrayView bytes, const ImageInfo& info)
{
    loadHeifDecoders();
    const auto file = HeifContainer::open(bytes);
    if (!file)
        return failure(file.error());
    const auto image = decodePicture(file->picture());
    if (!image)
        return failure(image.error());
    Decoded decoded;
    decoded.pixels = copied(image->get(), formatOf(file->picture()));
    if (decoded.pixels.isNull())
        return failure(ErrorKind::TooManyPixels, u"no memory for the pixels"_s);
    if (decoded.pixels.size() != info.size)
        return failure(ErrorKind::DamagedImage, u"two sizes in one picture"_s);
    decoded.profile = heifProfile(file->picture());
    decoded.isDamaged = heif_image_get_decoding_warnings(image->get(), 0, nullptr, 0) > 0;
    return decoded;
}

void loadHeifDecoders()
{
    static std::once_flag once;
    std::call_once(once, [] { heif_init(nullptr); });
}

} // namespace vitrine::imaging
