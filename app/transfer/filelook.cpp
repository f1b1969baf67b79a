// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/filelook.h"

#include "app/base/file.h"
#include "app/base/sha256.h"

namespace vitrine::transfer {
namespace {

using imaging::Findings;

qint64 sizeOf(const imaging::PictureSource& source)
{
    const auto* bytes = std::get_if<QByteArrayView>(&source);
    return bytes ? bytes->size() : std::get<imaging::OpenFile>(source).size;
}

QByteArray bytesOf(const imaging::PictureSource& source)
{
    if (const auto* bytes = std::get_if<QByteArrayView>(&source))
        return bytes->toByteArray();
    const auto& [descriptor, size] = std::get<imaging::OpenFile>(source);
    QByteArray bytes(size, Qt::Uninitialized);
    return readAt(descriptor, 0, bytes.data(), size) ? bytes : QByteArray();
}

/// A file whose metadata cannot be taken out is a picture all the same.
Result<Findings> read(const imaging::PictureSource& source, const imaging::PictureReader& pictures,
                      const imaging::Wanted& wanted, bool strips)
{
    imaging::ReadOrder order{
        .limits = kReadable, .variants = wanted, .metadata = true, .strips = strips};
    auto found = pictures.read(source, order);
    const bool isUnstrippable = !found && strips &&
                                (found.error().kind == ErrorKind::UnsupportedImage ||
                                 found.error().kind == ErrorKind::DamagedImage);
    if (!isUnstrippable)
        return found;
    order.strips = false;
    return pictures.read(source, order);
}

void take(FileLook& look, Findings found)
{
    look.facts.format = found.info.format;
    look.facts.size = found.info.size;
    look.facts.frames = found.info.frames;
    look.facts.isDamaged = found.variants.isDamaged;
    look.facts.metadata = found.metadata.kinds;
    look.facts.likeness = found.variants.perceptualHash;
    look.altText = found.metadata.altText;
    look.pictures = std::move(found.variants);
    look.toSend = std::move(found.stripped.bytes);
    if (!look.toSend.isEmpty())
        look.facts.metadata = found.stripped.removed; // knows also of what has no name
}

} // namespace

FileLook failedLook(const Error& error)
{
    FileLook look;
    look.facts.error = error;
    return look;
}

FileLook lookAt(const imaging::PictureSource& source, const imaging::PictureReader& pictures,
                const imaging::Wanted& wanted, bool keepMetadata)
{
    auto found = read(source, pictures, wanted, !keepMetadata);
    FileLook look = found ? FileLook() : failedLook(found.error());
    look.facts.bytes = sizeOf(source);
    if (!found)
        return look;
    take(look, *std::move(found));
    if (keepMetadata)
        look.toSend = bytesOf(source);
    if (keepMetadata && look.toSend.isEmpty())
        return failedLook({ErrorKind::Busy, {}, {}});
    look.facts.sentBytes = look.toSend.size();
    if (!look.toSend.isEmpty())
        look.facts.sha256 = sha256(look.toSend);
    return look;
}

} // namespace vitrine::transfer
