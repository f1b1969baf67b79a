// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/decoder.h"

#include <memory>

namespace vitrine::imaging {

/// From the colours of an ICC profile to sRGB, by Little CMS. Belongs to the thread that made it.
class ColourTransform
{
public:
    /// For pixels of \a format: RGB32 or RGBX64. None if the profile cannot be read, is not one for
    /// these channels, or says sRGB in other words.
    static std::unique_ptr<ColourTransform> make(const QByteArray& profile, Channels channels,
                                                 QImage::Format format);

    /// A picture of Format_RGB32; null if there is no memory.
    QImage apply(const QImage& image) const;

private:
    struct Free {
        void operator()(void* transform) const;
    };
    ColourTransform(void* transform, QImage::Format source);

    const std::unique_ptr<void, Free> m_transform;
    const QImage::Format m_source; ///< what its pixels have to be converted to before
};

/// As ColourTransform::make(), but the last few are kept for this thread: a folder of pictures has
/// one profile or two, and making a transform can cost more than using it. Null if there is none.
const ColourTransform* toSrgb(const QByteArray& profile, Channels channels, QImage::Format format);

} // namespace vitrine::imaging
