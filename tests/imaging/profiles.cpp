// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imaging/profiles.h"

#include "tests/imaging/samples.h"

#include <lcms2.h>

#include <memory>

namespace vitrine::test {
namespace {

struct Close {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, Close>;

QByteArray saved(const Profile& profile)
{
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile.get(), nullptr, &size);
    QByteArray bytes(qsizetype(size), '\0');
    if (!cmsSaveProfileToMem(profile.get(), bytes.data(), &size))
        qFatal("a test profile could not be made");
    return bytes;
}

/// Inks to Lab as version 2 encodes it: lightness without a colour.
cmsInt32Number onlyDarken(const cmsUInt16Number inks[], cmsUInt16Number lab[], void*)
{
    const double colours = (inks[0] + inks[1] + inks[2]) / 3.0 / 65535;
    lab[0] = cmsUInt16Number(65280 * (1 - colours) * (1 - inks[3] / 65535.0));
    lab[1] = lab[2] = 0x8000;
    return TRUE;
}

} // namespace

QByteArray greyProfile(double gamma)
{
    cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
    const Profile profile(cmsCreateGrayProfile(cmsD50_xyY(), curve));
    cmsFreeToneCurve(curve);
    return saved(profile);
}

QByteArray pressProfile()
{
    constexpr cmsUInt32Number steps = 9;
    const Profile profile(cmsCreateProfilePlaceholder(nullptr));
    cmsSetProfileVersion(profile.get(), 2.1);
    cmsSetDeviceClass(profile.get(), cmsSigOutputClass);
    cmsSetColorSpace(profile.get(), cmsSigCmykData);
    cmsSetPCS(profile.get(), cmsSigLabData);
    cmsPipeline* pipeline = cmsPipelineAlloc(nullptr, 4, 3);
    cmsStage* table = cmsStageAllocCLut16bit(nullptr, steps, 4, 3, nullptr);
    cmsStageSampleCLut16bit(table, onlyDarken, nullptr, 0);
    cmsPipelineInsertStage(pipeline, cmsAT_BEGIN, table);
    cmsWriteTag(profile.get(), cmsSigAToB0Tag, pipeline);
    cmsPipelineFree(pipeline);
    return saved(profile);
}

QByteArray withProfile(const QByteArray& jpeg, const QByteArray& profile)
{
    return withSegment(jpeg, 0xe2, QByteArray("ICC_PROFILE\0\1\1", 14) + profile);
}

} // namespace vitrine::test
