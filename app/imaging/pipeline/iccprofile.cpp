// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/iccprofile.h"

#include "app/imaging/pipeline/gifblocks.h"
#include "app/imaging/pipeline/heifitems.h"
#include "app/imaging/pipeline/jpegprofile.h"
#include "app/imaging/pipeline/pngchunks.h"
#include "app/imaging/pipeline/pngprofile.h"
#include "app/imaging/pipeline/riffchunks.h"
#include "app/imaging/pipeline/tiffdirectory.h"

namespace vitrine::imaging {
namespace {

CarriedProfiles ofJpeg(QByteArrayView bytes)
{
    CarriedProfiles carried;
    JpegMarkerReader reader(bytes);
    while (const auto segment = reader.next()) {
        if (isProfileSegment(*segment))
            carried.bytes += segment->whole.size();
    }
    if (carried.bytes > 0)
        carried.profiles.append(profileOfJpeg(bytes).value_or(QByteArray()));
    return carried;
}

CarriedProfiles ofPng(QByteArrayView bytes)
{
    CarriedProfiles carried;
    PngChunkReader reader(bytes);
    while (const auto chunk = reader.next()) {
        if (chunk->type != "iCCP")
            continue;
        carried.profiles.append(profileOfPngChunk(chunk->data));
        carried.bytes += chunk->whole.size();
    }
    return carried;
}

CarriedProfiles ofWebP(QByteArrayView bytes)
{
    CarriedProfiles carried;
    RiffChunkReader reader(webPChunks(bytes).value_or(QByteArrayView()));
    while (const auto chunk = reader.next()) {
        if (chunk->type != "ICCP")
            continue;
        carried.profiles.append(chunk->data.toByteArray());
        carried.bytes += chunk->data.size() + (chunk->data.size() & 1);
    }
    return carried;
}

CarriedProfiles ofGif(QByteArrayView bytes)
{
    CarriedProfiles carried;
    GifBlockReader reader(bytes);
    while (const auto block = reader.next()) {
        if (block->application != kGifProfile)
            continue;
        carried.profiles.append(gifApplicationData(*block));
        carried.bytes += block->whole.size();
    }
    return carried;
}

CarriedProfiles ofTiff(QByteArrayView bytes)
{
    CarriedProfiles carried;
    const TiffReader reader(bytes);
    const auto entries = reader.directory(reader.firstDirectory()).value_or(QList<TiffEntry>());
    for (const TiffEntry& entry : entries) {
        if (entry.tag != tifftag::kIccProfile)
            continue;
        carried.profiles.append(entry.value.toByteArray());
        carried.bytes += entry.value.size() + (entry.value.size() & 1);
    }
    return carried;
}

CarriedProfiles ofHeif(QByteArrayView bytes)
{
    CarriedProfiles carried;
    const auto file = readHeif(bytes);
    if (!file)
        return carried;
    for (const IsoBox& property : file->properties) {
        const auto profile = profileOfColourBox(property);
        if (!profile)
            continue;
        carried.profiles.append(profile->toByteArray());
        carried.bytes += property.whole.size();
    }
    return carried;
}

} // namespace

CarriedProfiles carriedProfiles(QByteArrayView bytes, Format format)
{
    switch (format) {
    case Format::Jpeg:
        return ofJpeg(bytes);
    case Format::Png:
        return ofPng(bytes);
    case Format::WebP:
        return ofWebP(bytes);
    case Format::Gif:
        return ofGif(bytes);
    case Format::Tiff:
        return ofTiff(bytes);
    case Format::Heic:
    case Format::Avif:
        return ofHeif(bytes);
    case Format::Bmp: // see BmpLayout::hasProfile
        break;
    }
    return {};
}

QByteArray embeddedProfile(QByteArrayView bytes, Format format)
{
    const bool isReadHere =
        format == Format::Png || format == Format::WebP || format == Format::Tiff;
    return isReadHere ? carriedProfiles(bytes, format).profiles.value(0) : QByteArray();
}

} // namespace vitrine::imaging
