// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/preparer.h"

#include "app/base/file.h"
#include "app/base/paths.h"
#include "app/imaging/metadata.h"
#include "app/imaging/variants.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace vitrine::transfer {
namespace {

Result<QByteArray> bytesToSend(const QByteArray& original, imaging::Format format, bool keep)
{
    if (keep)
        return original;
    return imaging::stripMetadata(original, format).map([](imaging::Stripped stripped) {
        return std::move(stripped.bytes);
    });
}

Result<void> spool(const QString& path, const QByteArray& bytes)
{
    return makePrivateDirectory(QFileInfo(path).absolutePath()).and_then([&] {
        return writeFile(path, bytes);
    });
}

} // namespace

Result<Prepared> prepare(const PrepareOrder& order)
{
    const auto original = readFile(order.source, order.limits.bytes);
    if (!original)
        return failure(original.error());
    const auto info = imaging::probe(*original, order.limits);
    if (!info)
        return failure(info.error());
    const auto variants = imaging::makeVariants(*original, {.preview = true}, order.limits);
    if (!variants)
        return failure(variants.error());
    if (variants->isDamaged)
        return failure(ErrorKind::DamagedImage, order.source);
    const auto bytes = bytesToSend(*original, info->format, order.keepMetadata);
    if (!bytes)
        return failure(bytes.error());
    if (auto spooled = spool(order.spool, *bytes); !spooled)
        return failure(spooled.error());
    return Prepared{bytes->size(), QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256),
                    imaging::mediaType(info->format), variants->preview};
}

} // namespace vitrine::transfer
