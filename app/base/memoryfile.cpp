// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/memoryfile.h"

#include "app/base/file.h"

#include <QFile>

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <memory>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kPiece = 256 * 1024; // bytes: stays in the processor's cache
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

// Written, not mapped: the kernel fills whole pages without clearing them first, and none faults.
Result<void> copy(const QFile& source, qint64 size, int to)
{
    const auto piece = std::make_unique<std::array<char, kPiece>>();
    for (qint64 done = 0; done < size;) {
        const qint64 length = std::min(kPiece, size - done);
        if (!readAt(source.handle(), done, piece->data(), length))
            return failure(ErrorKind::Busy, source.fileName());
        if (!writeAt(to, done, {piece->data(), length}))
            return failure(ErrorKind::Storage, u"no memory to hold a file"_s);
        done += length;
    }
    return {};
}

} // namespace

Result<MemoryFile> MemoryFile::copyOf(const QString& path, qint64 limit)
{
    const auto source = openFile(path, limit);
    if (!source)
        return failure(source.error());
    Descriptor file(::memfd_create("file", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.isOpen())
        return failure(ErrorKind::Storage, u"no memory to hold a file"_s);
    const qint64 size = (*source)->size();
    if (auto copied = copy(**source, size, file.number()); !copied)
        return failure(copied.error());
    if ((*source)->size() != size) // somebody is writing it
        return failure(ErrorKind::Busy, path);
    if (::fcntl(file.number(), F_ADD_SEALS, kSeals) != 0)
        return failure(ErrorKind::Storage, u"no memory to hold a file"_s);
    return MemoryFile(std::move(file), size);
}

} // namespace vitrine
