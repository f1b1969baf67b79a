// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imaging/heifsamples.h"

#include "tests/imaging/samples.h"

#include <libheif/heif.h>

#include <memory>

namespace vitrine::test {
namespace {

template <typename Type>
using Owned = std::unique_ptr<Type, void (*)(Type*)>;

void check(const heif_error& error)
{
    if (error.code != heif_error_Ok)
        qFatal("a test picture could not be encoded: %s", error.message);
}

Owned<heif_image> pixelsOf(const QImage& image)
{
    const bool hasAlpha = image.hasAlphaChannel();
    const QImage source =
        image.convertToFormat(hasAlpha ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    heif_image* made = nullptr;
    check(heif_image_create(source.width(), source.height(), heif_colorspace_RGB,
                            hasAlpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB,
                            &made));
    Owned<heif_image> pixels(made, [](heif_image* object) { heif_image_release(object); });
    check(heif_image_add_plane(made, heif_channel_interleaved, source.width(), source.height(), 8));
    int stride = 0;
    uint8_t* plane = heif_image_get_plane(made, heif_channel_interleaved, &stride);
    for (int y = 0; y < source.height(); ++y)
        memcpy(plane + qsizetype(y) * stride, source.constScanLine(y),
               size_t(source.width()) * (hasAlpha ? 4 : 3));
    return pixels;
}

heif_error append(heif_context*, const void* data, size_t size, void* bytes)
{
    static_cast<QByteArray*>(bytes)->append(static_cast<const char*>(data), qsizetype(size));
    return {heif_error_Ok, heif_suberror_Unspecified, "Success"};
}

void addColours(heif_image* pixels, const HeifFacts& facts, heif_encoding_options& options,
                heif_color_profile_nclx& codes)
{
    if (!facts.profile.isEmpty())
        check(heif_image_set_raw_color_profile(pixels, "prof", facts.profile.constData(),
                                               size_t(facts.profile.size())));
    if (!facts.primaries)
        return;
    codes.color_primaries = heif_color_primaries(facts.primaries);
    codes.transfer_characteristics = heif_transfer_characteristic_IEC_61966_2_1;
    check(heif_image_set_nclx_color_profile(pixels, &codes));
    options.output_nclx_profile = &codes;
}

QByteArray encoded(const QImage& image, heif_compression_format format, const HeifFacts& facts)
{
    const Owned<heif_context> context(heif_context_alloc(), heif_context_free);
    heif_encoder* found = nullptr;
    check(heif_context_get_encoder_for_format(context.get(), format, &found));
    const Owned<heif_encoder> encoder(found, heif_encoder_release);
    check(heif_encoder_set_lossy_quality(found, 95));
    const Owned<heif_encoding_options> options(heif_encoding_options_alloc(),
                                               heif_encoding_options_free);
    options->image_orientation = heif_orientation(facts.orientation);
    const Owned<heif_color_profile_nclx> codes(heif_nclx_color_profile_alloc(),
                                               heif_nclx_color_profile_free);
    const Owned<heif_image> pixels = pixelsOf(image);
    addColours(pixels.get(), facts, *options, *codes);
    heif_image_handle* made = nullptr;
    check(heif_context_encode_image(context.get(), pixels.get(), found, options.get(), &made));
    const Owned<heif_image_handle> handle(
        made, [](heif_image_handle* object) { heif_image_handle_release(object); });
    if (const QByteArray block = exifBlock(facts.exif); facts.exif)
        check(heif_context_add_exif_metadata(context.get(), made, block.constData(),
                                             int(block.size())));
    QByteArray bytes;
    heif_writer writer{1, append};
    check(heif_context_write(context.get(), &writer, &bytes));
    return bytes;
}

} // namespace

QByteArray heic(const QImage& image, const HeifFacts& facts)
{
    return encoded(image, heif_compression_HEVC, facts);
}

QByteArray avif(const QImage& image, const HeifFacts& facts)
{
    return encoded(image, heif_compression_AV1, facts);
}

} // namespace vitrine::test
