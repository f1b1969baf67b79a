// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/makevariants.h"
#include "app/imaging/pipeline/probe.h"

#include <cstdlib>

/// What is read of a file before it is decoded, and the small picture inside of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace vitrine::imaging;
    const QByteArrayView bytes(data, qsizetype(size));
    constexpr Limits limits{.bytes = 1'000'000, .pixels = 1'000'000, .side = 5'000};
    const auto info = probe(bytes, limits);
    const bool isSound = !info || (info->size.width() >= 1 && info->size.width() <= limits.side &&
                                   info->size.height() >= 1 && info->size.height() <= limits.side &&
                                   info->orientation >= 1 && info->orientation <= 8 &&
                                   info->frames >= 1 && info->frames <= limits.frames);
    const QImage thumbnail = embeddedThumbnail(bytes);
    if (!isSound || thumbnail.width() > kPreviewSide || thumbnail.height() > kPreviewSide)
        std::abort();
    return 0;
}
