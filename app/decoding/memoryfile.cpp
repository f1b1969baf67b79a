// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/memoryfile.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

tl::unexpected<Error> noMemory()
{
    return failure(ErrorKind::Storage, u"no memory to pass a picture on"_s);
}

} // namespace

Result<MemoryFile> MemoryFile::make()
{
    Descriptor file(::memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.isOpen())
        return noMemory();
    return MemoryFile(std::move(file));
}

Result<MemoryFile> MemoryFile::holding(QByteArrayView bytes)
{
    auto file = make();
    if (!file)
        return file;
    if (auto written = file->append(bytes); !written)
        return failure(written.error());
    if (auto sealed = file->seal(); !sealed)
        return failure(sealed.error());
    return file;
}

// Written, not mapped: the kernel fills whole pages without clearing them first, and none faults.
Result<qint64> MemoryFile::append(QByteArrayView bytes)
{
    const qint64 start = m_size;
    for (qint64 done = 0; done < bytes.size();) {
        const ssize_t written = ::pwrite(number(), bytes.data() + done, size_t(bytes.size() - done),
                                         off_t(start + done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return noMemory();
        done += written;
    }
    m_size += bytes.size();
    return start;
}

Result<void> MemoryFile::seal()
{
    if (::fcntl(number(), F_ADD_SEALS, kSeals) != 0)
        return noMemory();
    return {};
}

bool isSealed(int descriptor)
{
    const int seals = ::fcntl(descriptor, F_GET_SEALS);
    return seals >= 0 && (seals & kSeals) == kSeals;
}

} // namespace vitrine::decoding
