// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/preparer.h"

#include "app/base/descriptor.h"
#include "app/base/file.h"
#include "app/base/memoryfile.h"
#include "app/base/paths.h"
#include "app/base/sha256.h"
#include "app/imaging/fittedcopy.h"
#include "app/transfer/filelook.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::transfer {
namespace {

Result<void> writeDurably(const QString& path, const QByteArray& bytes)
{
    const QByteArray name = QFile::encodeName(path);
    ::unlink(name.constData()); // whoever still reads an earlier one keeps that
    const Descriptor file(
        ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.isOpen() && writeAt(file.number(), 0, bytes) && ::fsync(file.number()) == 0) {
        syncDirectoryOf(path);
        return {};
    }
    const int code = errno;
    ::unlink(name.constData()); // where the disk is full, the others want the room
    return failure(fileError(code, path));
}

/// Under its own name from the start: nobody looks for it before a row says that it is whole, and a
/// name for the meantime would cost a second commit of the file system's journal.
Result<void> spool(const QString& path, const QByteArray& bytes)
{
    return makePrivateDirectory(QFileInfo(path).absolutePath()).and_then([&] {
        return writeDurably(path, bytes);
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
    look.facts.sha256 = sha256(*copy);
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
    FileLook look =
        lookAt(original, pictures, {.preview = true, .placeholder = true}, keepMetadata);
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
                    .altText = look.altText,
                    .preview = look.pictures.preview,
                    .placeholder = look.pictures.placeholder,
                    .removed = keepMetadata && !needsCopy ? QList<imaging::MetadataKind>()
                                                          : look.facts.metadata,
                    .isCopy = needsCopy};
}

} // namespace vitrine::transfer
