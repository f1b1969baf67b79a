// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/base/result.h"

#include <QByteArrayView>
#include <QSize>

#include <libheif/heif.h>

#include <memory>

namespace vitrine::imaging {

/// Gives an object of libheif back, through the function it has for that.
template <auto release>
struct HeifRelease {
    template <typename Type>
    void operator()(Type* object) const
    {
        release(object);
    }
};
using HeifImage = std::unique_ptr<heif_image, HeifRelease<heif_image_release>>;

/// A HEIC or AVIF file whose boxes have been read, and none of its pixels. The bytes have to
/// outlive it. No thread of libheif's own takes part.
class HeifContainer
{
public:
    /// Errors: DamagedImage, UnsupportedImage, TooManyPixels (over libheif's own limits).
    static Result<HeifContainer> open(QByteArrayView bytes);

    /// The primary image.
    const heif_image_handle* picture() const { return m_picture.get(); }
    /// As shown: cropped, turned and mirrored as the file says.
    QSize size() const;

private:
    using Context = std::unique_ptr<heif_context, HeifRelease<heif_context_free>>;
    using Handle = std::unique_ptr<heif_image_handle, HeifRelease<heif_image_handle_release>>;

    Context m_context;
    Handle m_picture;
};

/// What an error of libheif means here.
tl::unexpected<Error> heifFailure(const heif_error& error);

} // namespace vitrine::imaging
