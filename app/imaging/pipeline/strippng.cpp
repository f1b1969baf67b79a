// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/pngchunks.h"
#include "app/imaging/pipeline/pngprofile.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using namespace std::string_view_literals;

/// Pixels, colour, transparency, density and animation. The profile, iCCP, is written anew.
constexpr std::array kKept{"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv, "gAMA"sv,
                           "cHRM"sv, "sRGB"sv, "sBIT"sv, "cICP"sv, "mDCV"sv, "cLLI"sv,
                           "bKGD"sv, "pHYs"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};

bool isKept(QByteArrayView type)
{
    return std::find(kKept.begin(), kKept.end(),
                     std::string_view(type.data(), size_t(type.size()))) != kKept.end();
}

/// A decoder has to understand it or give up.
bool isCritical(QByteArrayView type)
{
    return type[0] >= 'A' && type[0] <= 'Z';
}

Result<void> appendCleanChunk(QByteArray& png, const PngChunk& chunk)
{
    if (chunk.type == "iCCP")
        return anonymousProfile(profileOfPngChunk(chunk.data)).map([&](const QByteArray& profile) {
            png.append(makePngProfileChunk(profile));
        });
    if (isKept(chunk.type))
        png.append(chunk.whole);
    else if (isCritical(chunk.type))
        return failure(ErrorKind::UnsupportedImage, u"an unknown critical chunk"_s);
    return {};
}

} // namespace

Result<QByteArray> stripPng(QByteArrayView bytes, int orientation)
{
    if (bytes.size() < kPngSignatureSize)
        return failure(ErrorKind::DamagedImage, u"no signature"_s);
    QByteArray png = bytes.first(kPngSignatureSize).toByteArray();
    png.reserve(bytes.size());
    PngChunkReader reader(bytes);
    while (const auto chunk = reader.next()) {
        if (const auto appended = appendCleanChunk(png, *chunk); !appended)
            return failure(appended.error());
        if (chunk->type == "IHDR" && orientation != 1)
            png.append(makePngChunk("eXIf", minimalExif(orientation)));
    }
    if (!reader.reachedEnd())
        return failure(ErrorKind::DamagedImage, u"no end of image"_s);
    return png;
}

} // namespace vitrine::imaging
