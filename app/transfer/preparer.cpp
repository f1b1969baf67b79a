// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/preparer.h"

#include "app/base/file.h"
#include "app/base/memoryfile.h"
#include "app/base/paths.h"
#include "app/imaging/fittedcopy.h"
#include "app/transfer/filelook.h"

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

/// Takes a copy's place for the file that was looked at.
Result<void> replaceByCopy(FileLook& look, const imaging::OpenFile& original,
                           const imaging::PictureReader& pictures, const imaging::Limits& limits)
{
    auto copy = imaging::fittedCopy(original, pictures, kReadable, limits);
    if (!copy)
        return failure(copy.error());
    look.facts.format = imaging::Format::Jpeg;
    look.facts.sha256 = QCryptographicHash::hash(*copy, QCryptographicHash::Sha256);
    look.toSend = *std::move(copy);
    return {};
}

} // namespace

Result<Prepared> prepare(const PrepareOrder& order, const imaging::PictureReader& pictures)
{
    const auto held = MemoryFile::copyOf(order.source, kReadable.bytes);
    if (!held)
        return failure(held.error());
    const imaging::OpenFile original{held->number(), held->size()};
    const bool keepMetadata = order.choices.keepMetadata;
    FileLook look = lookAt(original, pictures, {.preview = true}, keepMetadata);
    const FileReport report = check(look.facts, order.rules, {});
    const bool needsCopy = report.problem.has_value();
    if (!report.isSendable(order.choices))
        return failure(*report.problem);
    if (needsCopy) {
        auto replaced = replaceByCopy(look, original, pictures, order.rules.limits);
        if (!replaced)
            return failure(replaced.error());
    }
    if (auto spooled = spool(order.spool, look.toSend); !spooled)
        return failure(spooled.error());
    return Prepared{.bytes = look.toSend.size(),
                    .sha256 = look.facts.sha256,
                    .type = imaging::mediaType(look.facts.format),
                    .preview = look.pictures.preview,
                    .removed = keepMetadata && !needsCopy ? QList<imaging::MetadataKind>()
                                                          : look.facts.metadata,
                    .isCopy = needsCopy};
}

} // namespace vitrine::transfer
