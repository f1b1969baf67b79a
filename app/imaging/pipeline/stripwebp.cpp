// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/riffchunks.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr char kHasExif = 0x08; ///< flags of VP8X
constexpr char kHasXmp = 0x04;
constexpr qsizetype kFrameHeader = 16; ///< of ANMF, before the chunks of the frame

bool isFrameData(QByteArrayView type)
{
    return type == "VP8 " || type == "VP8L" || type == "ALPH";
}

/// The extended header with flags that are true again.
QByteArray extendedHeader(QByteArrayView data, int orientation)
{
    QByteArray header = data.toByteArray();
    if (header.isEmpty())
        return header;
    header[0] = char(header[0] & ~(kHasExif | kHasXmp));
    if (orientation != 1)
        header[0] = char(header[0] | kHasExif);
    return header;
}

/// A frame of an animation without chunks that are no pixels.
QByteArray strippedFrame(QByteArrayView data)
{
    if (data.size() < kFrameHeader)
        return data.toByteArray();
    QByteArray frame = data.first(kFrameHeader).toByteArray();
    RiffChunkReader reader(data.sliced(kFrameHeader));
    while (const auto chunk = reader.next()) {
        if (isFrameData(chunk->type))
            appendRiffChunk(frame, chunk->type, chunk->data);
    }
    return frame;
}

Result<void> appendCleanRiffChunk(QByteArray& list, const RiffChunk& chunk, int orientation)
{
    if (chunk.type == "ICCP")
        return anonymousProfile(chunk.data).map([&](const QByteArray& profile) {
            appendRiffChunk(list, chunk.type, profile);
        });
    if (chunk.type == "VP8X")
        appendRiffChunk(list, chunk.type, extendedHeader(chunk.data, orientation));
    else if (chunk.type == "ANMF")
        appendRiffChunk(list, chunk.type, strippedFrame(chunk.data));
    else if (isFrameData(chunk.type) || chunk.type == "ANIM")
        appendRiffChunk(list, chunk.type, chunk.data);
    return {};
}

} // namespace

Result<QByteArray> stripWebP(QByteArrayView bytes, int orientation)
{
    const auto chunks = webPChunks(bytes);
    if (!chunks)
        return failure(ErrorKind::DamagedImage, u"shorter than its header says"_s);
    QByteArray list = "WEBP"_ba;
    list.reserve(bytes.size());
    RiffChunkReader reader(*chunks);
    while (const auto chunk = reader.next()) {
        if (const auto appended = appendCleanRiffChunk(list, *chunk, orientation); !appended)
            return failure(appended.error());
    }
    if (!reader.reachedEnd())
        return failure(ErrorKind::DamagedImage, u"a chunk that is cut off"_s);
    if (orientation != 1)
        appendRiffChunk(list, "EXIF", minimalExif(orientation));
    QByteArray webp;
    appendRiffChunk(webp, "RIFF", list);
    return webp;
}

} // namespace vitrine::imaging
