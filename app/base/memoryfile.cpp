// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/memoryfile.h"

#include "app/base/file.h"

#include <QFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kPiece = 256 * 1024; // bytes: stays in the processor's cache
constexpr time_t kCoarsest = 2;       // seconds, of the times that file systems keep
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

// Written, not mapped: the kernel fills whole pages without clearing them first, and none faults.
Result<void> copy(const QString& path, const QFile& source, qint64 size, int to)
{
    const auto piece = std::make_unique<std::array<char, kPiece>>();
    for (qint64 done = 0; done < size;) {
        const qint64 length = std::min(kPiece, size - done);
        errno = 0;
        if (!readAt(source.handle(), done, piece->data(), length)) {
            return errno != 0 ? failure(readError(errno, path))
                              : failure(ErrorKind::Busy, path); // it has become shorter
        }
        if (!writeAt(to, done, {piece->data(), length}))
            return failure(ErrorKind::Storage, u"no memory to hold a file"_s);
        done += length;
    }
    return {};
}

/// By what is seen that somebody writes to a file.
struct Version {
    qint64 size = 0;
    timespec written = {};
    timespec changed = {};

    static Version of(int descriptor)
    {
        struct stat status = {};
        ::fstat(descriptor, &status);
        return {status.st_size, status.st_mtim, status.st_ctim};
    }
    /// It may be written to once more, and bear the same time.
    bool isFresh() const { return ::time(nullptr) - written.tv_sec <= kCoarsest; }
    bool operator==(const Version& other) const
    {
        const auto same = [](const timespec& one, const timespec& two) {
            return one.tv_sec == two.tv_sec && one.tv_nsec == two.tv_nsec;
        };
        return size == other.size && same(written, other.written) && same(changed, other.changed);
    }
};

bool isSame(int one, int other, qint64 size)
{
    using Piece = std::array<char, kPiece>;
    const auto pieces = std::make_unique<std::array<Piece, 2>>();
    auto& [left, right] = *pieces;
    for (qint64 done = 0; done < size; done += kPiece) {
        const qint64 length = std::min(kPiece, size - done);
        if (!readAt(one, done, left.data(), length) || !readAt(other, done, right.data(), length) ||
            std::memcmp(left.data(), right.data(), size_t(length)) != 0)
            return false;
    }
    return true;
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
    const int original = (*source)->handle();
    const auto version = Version::of(original);
    const qint64 size = version.size;
    if (auto copied = copy(path, **source, size, file.number()); !copied)
        return failure(copied.error());
    const bool isOneVersion = Version::of(original) == version &&
                              (!version.isFresh() || isSame(original, file.number(), size));
    if (!isOneVersion) // somebody is writing it
        return failure(ErrorKind::Busy, path);
    if (::fcntl(file.number(), F_ADD_SEALS, kSeals) != 0)
        return failure(ErrorKind::Storage, u"no memory to hold a file"_s);
    return MemoryFile(std::move(file), size);
}

} // namespace vitrine
