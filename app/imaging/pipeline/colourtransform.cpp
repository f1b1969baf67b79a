// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/colourtransform.h"

#include "app/imaging/pipeline/icctags.h"

#include <QSysInfo>

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace vitrine::imaging {
namespace {

constexpr size_t kKeptTransforms = 4;

/// The layout of QImage::Format_RGB32 in memory.
constexpr cmsUInt32Number kLcmsRgb32 =
    QSysInfo::ByteOrder == QSysInfo::LittleEndian ? TYPE_BGRA_8 : TYPE_ARGB_8;

struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, CloseProfile>;

struct PixelLayout {
    cmsColorSpaceSignature space; ///< of a profile that fits
    cmsUInt32Number lcms;
    QImage::Format image;
};

PixelLayout layoutOf(Channels channels, cmsColorSpaceSignature space, QImage::Format format)
{
    const bool isDeep = format == QImage::Format_RGBX64;
    if (channels == Channels::Ink)
        return {cmsSigCmykData, TYPE_CMYK_8, QImage::Format_RGB32};
    if (channels == Channels::InvertedInk)
        return {cmsSigCmykData, TYPE_CMYK_8_REV, QImage::Format_RGB32};
    // Grey pixels stand as RGB here, and a profile of either kind may describe them.
    if (channels == Channels::Grey && space == cmsSigGrayData && isDeep)
        return {cmsSigGrayData, TYPE_GRAY_16, QImage::Format_Grayscale16};
    if (channels == Channels::Grey && space == cmsSigGrayData)
        return {cmsSigGrayData, TYPE_GRAY_8, QImage::Format_Grayscale8};
    return {cmsSigRgbData, isDeep ? TYPE_RGBA_16 : kLcmsRgb32,
            isDeep ? QImage::Format_RGBX64 : QImage::Format_RGB32};
}

/// The intent that the profile names. Absolute colours would tint what is white in the picture.
cmsUInt32Number intentOf(cmsHPROFILE profile)
{
    const cmsUInt32Number intent = cmsGetHeaderRenderingIntent(profile);
    return intent < INTENT_ABSOLUTE_COLORIMETRIC ? intent : INTENT_RELATIVE_COLORIMETRIC;
}

/// Little CMS prepares a transform by a table. For 8 bits that is exact enough and fast; for 16 it
/// would be off by a dozen steps in the dark of a wide gamut, and such pictures are few.
cmsUInt32Number flagsFor(QImage::Format format)
{
    const bool isDeep = format == QImage::Format_RGBX64;
    return cmsFLAGS_BLACKPOINTCOMPENSATION | (isDeep ? cmsFLAGS_NOOPTIMIZE : 0);
}

/// Whether it leaves every colour as it is, give or take a step: a grid of them is tried. Most
/// pictures carry a profile that is sRGB, in one of a dozen versions.
bool leavesColours(cmsHTRANSFORM transform)
{
    constexpr int steps = 6, distance = 51, channels = 4;
    std::vector<cmsUInt8Number> before;
    for (int i = 0; i < steps * steps * steps; ++i) {
        for (const int level : {i % steps, i / steps % steps, i / (steps * steps)})
            before.push_back(cmsUInt8Number(level * distance));
        before.push_back(255);
    }
    std::vector<cmsUInt8Number> after = before;
    cmsDoTransform(transform, before.data(), after.data(),
                   cmsUInt32Number(before.size()) / channels);
    return std::ranges::equal(before, after, [](int a, int b) { return std::abs(a - b) <= 1; });
}

} // namespace

void ColourTransform::Free::operator()(void* transform) const
{
    cmsDeleteTransform(transform);
}

ColourTransform::ColourTransform(void* transform, QImage::Format source)
    : m_transform(transform), m_source(source)
{}

std::unique_ptr<ColourTransform> ColourTransform::make(const QByteArray& profile, Channels channels,
                                                       QImage::Format format)
{
    if (profile.isEmpty() || profile.size() > kMostProfileBytes)
        return nullptr;
    const Profile from(cmsOpenProfileFromMem(profile.constData(), cmsUInt32Number(profile.size())));
    const Profile srgb(cmsCreate_sRGBProfile());
    if (!from || !srgb)
        return nullptr;
    const PixelLayout layout = layoutOf(channels, cmsGetColorSpace(from.get()), format);
    if (cmsGetColorSpace(from.get()) != layout.space)
        return nullptr;
    const cmsHTRANSFORM transform = cmsCreateTransform(
        from.get(), layout.lcms, srgb.get(), kLcmsRgb32, intentOf(from.get()), flagsFor(format));
    if (!transform)
        return nullptr;
    std::unique_ptr<ColourTransform> made(new ColourTransform(transform, layout.image));
    if (layout.lcms == kLcmsRgb32 && leavesColours(transform))
        return nullptr;
    return made;
}

QImage ColourTransform::apply(const QImage& image) const
{
    const QImage from = image.convertToFormat(m_source);
    QImage to(from.size(), QImage::Format_RGB32);
    if (to.isNull())
        return {};
    to.fill(Qt::white); // Little CMS leaves the fourth byte alone
    cmsDoTransformLineStride(m_transform.get(), from.constBits(), to.bits(),
                             cmsUInt32Number(from.width()), cmsUInt32Number(from.height()),
                             cmsUInt32Number(from.bytesPerLine()),
                             cmsUInt32Number(to.bytesPerLine()), 0, 0);
    return to;
}

const ColourTransform* toSrgb(const QByteArray& profile, Channels channels, QImage::Format format)
{
    struct Kept {
        QByteArray profile;
        Channels channels;
        QImage::Format format;
        std::unique_ptr<ColourTransform> transform;
    };
    thread_local std::vector<Kept> latest; // the newest last
    if (profile.isEmpty())
        return nullptr;
    const auto found = std::ranges::find_if(latest, [&](const Kept& kept) {
        return kept.channels == channels && kept.format == format && kept.profile == profile;
    });
    if (found != latest.end())
        return found->transform.get();
    if (latest.size() == kKeptTransforms)
        latest.erase(latest.begin());
    latest.push_back({profile, channels, format, ColourTransform::make(profile, channels, format)});
    return latest.back().transform.get();
}

} // namespace vitrine::imaging
