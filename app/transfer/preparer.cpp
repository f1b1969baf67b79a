// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/preparer.h"

#include "app/base/file.h"
#include "app/base/paths.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace vitrine::transfer {
namespace {

Result<void> spool(const QString& path, const QByteArray& bytes)
{
    return makePrivateDirectory(QFileInfo(path).absolutePath()).and_then([&] {
        return writeFile(path, bytes);
    });
}

} // namespace

Result<Prepared> prepare(const PrepareOrder& order, const imaging::PictureReader& pictures)
{
    const auto original = readFile(order.source, order.limits.bytes);
    if (!original)
        return failure(original.error());
    const auto found = pictures.read(
        QByteArrayView(*original),
        {.limits = order.limits, .variants = {.preview = true}, .strips = !order.keepMetadata});
    if (!found)
        return failure(found.error());
    if (found->variants.isDamaged)
        return failure(ErrorKind::DamagedImage, order.source);
    const QByteArray& bytes = order.keepMetadata ? *original : found->stripped.bytes;
    if (auto spooled = spool(order.spool, bytes); !spooled)
        return failure(spooled.error());
    return Prepared{bytes.size(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256),
                    imaging::mediaType(found->info.format), found->variants.preview};
}

} // namespace vitrine::transfer
