// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/gifblocks.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

/// Extensions that change what is shown: how often it repeats, and its colours. Empty for others.
Result<QByteArray> cleanApplication(const GifBlock& block)
{
    if (block.application == kGifProfile)
        return anonymousProfile(gifApplicationData(block)).map([](const QByteArray& profile) {
            return makeGifApplicationBlock(kGifProfile, profile);
        });
    const bool repeats = block.application == "NETSCAPE2.0" || block.application == "ANIMEXTS1.0";
    return repeats ? block.whole.toByteArray() : QByteArray();
}

} // namespace

Result<QByteArray> stripGif(QByteArrayView bytes)
{
    GifBlockReader reader(bytes);
    QByteArray gif = reader.header().toByteArray();
    gif.reserve(bytes.size());
    QByteArrayView control; // belongs to the image, or the text, that follows
    while (const auto block = reader.next()) {
        using Kind = GifBlock::Kind;
        const auto application = cleanApplication(*block);
        if (!application)
            return failure(application.error());
        gif.append(*application);
        if (block->kind == Kind::GraphicControl)
            control = block->whole;
        else if (block->kind == Kind::PlainText)
            control = {};
        else if (block->kind == Kind::Image)
            gif.append(std::exchange(control, {})).append(block->whole);
    }
    if (!reader.reachedEnd())
        return failure(ErrorKind::DamagedImage, u"a block that is cut off"_s);
    return gif.append(';');
}

} // namespace vitrine::imaging
