// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imaging/profiles.h"

#include "tests/imaging/samples.h"

#include <QtEndian>

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

constexpr qsizetype kHeader = 128, kEntry = 12;

quint32 numberAt(const QByteArray& profile, qsizetype at)
{
    return qFromBigEndian<quint32>(profile.constData() + at);
}

void setNumber(QByteArray& profile, qsizetype at, quint32 number)
{
    qToBigEndian(number, profile.data() + at);
}

/// All combinations of a few levels of each channel.
QByteArray grid(int channels)
{
    constexpr int steps = 6, distance = 51;
    int colours = 1;
    for (int i = 0; i < channels; ++i)
        colours *= steps;
    QByteArray bytes;
    for (int i = 0; i < colours; ++i) {
        for (int channel = 0, rest = i; channel < channels; ++channel, rest /= steps)
            bytes.append(char(rest % steps * distance));
    }
    return bytes;
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

QByteArray withTags(const QByteArray& profile, const QList<ProfileTag>& tags)
{
    const quint32 count = numberAt(profile, kHeader);
    const qsizetype tableEnd = kHeader + 4 + kEntry * count;
    const qsizetype shift = kEntry * tags.size();
    QByteArray made = profile.first(tableEnd) + QByteArray(shift, '\0') + profile.mid(tableEnd);
    setNumber(made, kHeader, count + quint32(tags.size()));
    for (qsizetype i = 0, at = kHeader + 8; i < count; ++i, at += kEntry)
        setNumber(made, at, numberAt(made, at) + quint32(shift));
    qsizetype entry = tableEnd;
    for (const ProfileTag& tag : tags) {
        made.append(-made.size() & 3, '\0');
        made.replace(entry, 4, tag.signature);
        setNumber(made, entry + 4, quint32(made.size()));
        setNumber(made, entry + 8, quint32(tag.data.size()));
        made.append(tag.data);
        entry += kEntry;
    }
    made.append(-made.size() & 3, '\0');
    setNumber(made, 0, quint32(made.size()));
    return made;
}

QByteArray talkativeProfile(const QByteArray& profile)
{
    return withTags(profile, {{"mmod", QByteArray("mmod\0\0\0\0", 8) + "SECRET serial"}}) +
           "SECRET trailer";
}

QByteArray coloursThrough(const QByteArray& bytes)
{
    const Profile profile(cmsOpenProfileFromMem(bytes.constData(), cmsUInt32Number(bytes.size())));
    const Profile srgb(cmsCreate_sRGBProfile());
    if (!profile)
        return {};
    const cmsUInt32Number layout = cmsFormatterForColorspaceOfProfile(profile.get(), 1, FALSE);
    const cmsHTRANSFORM transform = cmsCreateTransform(
        profile.get(), layout, srgb.get(), TYPE_RGB_8, cmsGetHeaderRenderingIntent(profile.get()),
        cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
    if (!transform)
        return {};
    const QByteArray from = grid(int(T_CHANNELS(layout)));
    const qsizetype colours = from.size() / qsizetype(T_CHANNELS(layout));
    QByteArray to(3 * colours, '\0');
    cmsDoTransform(transform, from.constData(), to.data(), cmsUInt32Number(colours));
    cmsDeleteTransform(transform);
    return to;
}

QByteArray withProfile(const QByteArray& jpeg, const QByteArray& profile)
{
    return withSegment(jpeg, 0xe2, QByteArray("ICC_PROFILE\0\1\1", 14) + profile);
}

} // namespace vitrine::test
