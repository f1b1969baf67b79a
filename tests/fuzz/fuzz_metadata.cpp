// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"

#include <cstdlib>
#include <tuple>

/// Metadata is read of whatever comes; what stripping gives is a file that it leaves as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace vitrine::imaging;
    const QByteArrayView bytes(data, qsizetype(size));
    std::ignore = readMetadata(bytes);
    constexpr Limits limits{.bytes = 1'000'000, .pixels = 1'000'000, .side = 5'000};
    const auto info = probe(bytes, limits);
    if (!info)
        return 0;
    const auto stripped = stripMetadata(bytes, info->format);
    if (!stripped)
        return 0;
    const auto again = stripMetadata(stripped->bytes, info->format);
    if (!again || again->bytes != stripped->bytes)
        std::abort();
    return 0;
}
