// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/gifblocks.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

/// Extensions that change what is shown: how often it repeats, and its colours.
bool isShown(QByteArrayView application)
{
    return application == "NETSCAPE2.0" || application == "ANIMEXTS1.0" ||
           application == "ICCRGBG1012";
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
        if (block->kind == Kind::GraphicControl)
            control = block->whole;
        else if (block->kind == Kind::PlainText)
            control = {};
        else if (block->kind == Kind::Application && isShown(block->application))
            gif.append(block->whole);
        else if (block->kind == Kind::Image)
            gif.append(std::exchange(control, {})).append(block->whole);
    }
    if (!reader.reachedEnd())
        return failure(ErrorKind::DamagedImage, u"a block that is cut off"_s);
    return gif.append(';');
}

} // namespace vitrine::imaging
