// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/heifcontainer.h"

#include "app/imaging/imageinfo.h"

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

ErrorKind errorKindOf(const heif_error& error)
{
    switch (error.code) {
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
    case heif_error_Plugin_loading_error:
        return ErrorKind::UnsupportedImage;
    case heif_error_Memory_allocation_error:
        return ErrorKind::TooManyPixels;
    default:
        break;
    }
    return error.subcode == heif_suberror_Security_limit_exceeded ? ErrorKind::TooManyPixels
                                                                  : ErrorKind::DamagedImage;
}

/// A picture may say that it is small and hold a large one: here, too, nothing is decoded beyond
/// the limits.
void setLimits(heif_context* context)
{
    constexpr Limits limits;
    heif_context_set_max_decoding_threads(context, 0);
#if LIBHEIF_HAVE_VERSION(1, 19, 0)
    heif_security_limits* own = heif_context_get_security_limits(context);
    own->max_image_size_pixels = uint64_t(limits.pixels);
#else
    heif_context_set_maximum_image_size_limit(context, limits.side);
#endif
}

} // namespace

tl::unexpected<Error> heifFailure(const heif_error& error)
{
    return failure(errorKindOf(error), QString::fromUtf8(error.message));
}

Result<HeifContainer> HeifContainer::open(QByteArrayView bytes)
{
    HeifContainer file;
    file.m_context.reset(heif_context_alloc());
    if (!file.m_context)
        return failure(ErrorKind::TooManyPixels, u"no memory for the boxes"_s);
    setLimits(file.m_context.get());
    const heif_error read = heif_context_read_from_memory_without_copy(
        file.m_context.get(), bytes.data(), size_t(bytes.size()), nullptr);
    if (read.code != heif_error_Ok)
        return heifFailure(read);
    heif_image_handle* picture = nullptr;
    const heif_error found = heif_context_get_primary_image_handle(file.m_context.get(), &picture);
    if (found.code != heif_error_Ok)
        return heifFailure(found);
    file.m_picture.reset(picture);
    return file;
}

QSize HeifContainer::size() const
{
    return {heif_image_handle_get_width(picture()), heif_image_handle_get_height(picture())};
}

} // namespace vitrine::imaging
