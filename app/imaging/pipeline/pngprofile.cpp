// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/pngprofile.h"

#include "app/imaging/pipeline/icctags.h"
#include "app/imaging/pipeline/pngchunks.h"

#include <zlib.h>

namespace vitrine::imaging {

QByteArray profileOfPngChunk(QByteArrayView data)
{
    constexpr char deflated = 0; // the only method there is
    const qsizetype nameEnd = data.indexOf('\0');
    if (nameEnd < 0 || nameEnd + 2 > data.size() || data[nameEnd + 1] != deflated)
        return {};
    const QByteArrayView packed = data.sliced(nameEnd + 2);
    // Deflate gains a factor of 1032 at most, so a small stream needs no large buffer.
    QByteArray profile(qMin(kMostProfileBytes, packed.size() * 1032), Qt::Uninitialized);
    uLongf size = uLongf(profile.size());
    uLong used = uLong(packed.size());
    if (uncompress2(reinterpret_cast<Bytef*>(profile.data()), &size,
                    reinterpret_cast<const Bytef*>(packed.data()), &used) != Z_OK)
        return {};
    profile.truncate(qsizetype(size));
    return profile.append(packed.sliced(qsizetype(used)));
}

QByteArray makePngProfileChunk(const QByteArray& profile)
{
    constexpr QByteArrayView nameAndMethod("ICC\0\0", 5);
    uLongf size = compressBound(uLong(profile.size()));
    QByteArray packed(qsizetype(size), Qt::Uninitialized);
    // Fails only for want of memory, of which Qt makes no error, either.
    if (compress(reinterpret_cast<Bytef*>(packed.data()), &size,
                 reinterpret_cast<const Bytef*>(profile.data()), uLong(profile.size())) != Z_OK)
        qBadAlloc();
    packed.truncate(qsizetype(size));
    return makePngChunk("iCCP", nameAndMethod.toByteArray() + packed);
}

} // namespace vitrine::imaging
