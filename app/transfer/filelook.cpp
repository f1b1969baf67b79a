// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/filelook.h"

#include "app/imaging/perceptualhash.h"

#include <QCryptographicHash>

namespace vitrine::transfer {
namespace {

void takeOut(FileLook& look, const QByteArray& bytes, bool keepMetadata)
{
    if (keepMetadata) {
        look.toSend = bytes;
    } else if (auto stripped = imaging::stripMetadata(bytes, look.facts.format)) {
        look.facts.metadata = stripped->removed; // knows also of what has no name
        look.toSend = std::move(stripped->bytes);
    }
    if (look.toSend.isEmpty())
        return;
    look.facts.sentBytes = look.toSend.size();
    look.facts.sha256 = QCryptographicHash::hash(look.toSend, QCryptographicHash::Sha256);
}

} // namespace

FileLook failedLook(const Error& error)
{
    FileLook look;
    look.facts.error = error;
    return look;
}

FileLook lookAt(const QByteArray& bytes, const imaging::Wanted& wanted, bool keepMetadata)
{
    const auto info = imaging::probe(bytes, kReadable);
    auto pictures = imaging::makeVariants(bytes, wanted, kReadable);
    FileLook look =
        info && pictures ? FileLook() : failedLook(info ? pictures.error() : info.error());
    look.facts.bytes = bytes.size();
    if (look.facts.error)
        return look;
    look.facts.isDamaged = pictures->isDamaged;
    look.facts.format = info->format;
    look.facts.size = info->size;
    look.pictures = *std::move(pictures);
    look.facts.likeness = imaging::perceptualHash(look.pictures.preview);
    const imaging::MetadataReport metadata = imaging::readMetadata(bytes);
    look.facts.metadata = metadata.kinds;
    look.altText = metadata.altText;
    takeOut(look, bytes, keepMetadata);
    return look;
}

} // namespace vitrine::transfer
