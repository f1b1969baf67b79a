// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/tray.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kKept = 16'000'000;      // bytes: 2000 × 2000 pixels
constexpr qint64 kStep = 4 * 1024 * 1024; // bytes that are mapped at once

} // namespace

Result<Tray> Tray::make()
{
    Descriptor file(::memfd_create("tray", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.isOpen() || ::ftruncate(file.number(), off_t(kCapacity)) != 0 ||
        ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return failure(ErrorKind::Storage, u"no memory to pass a picture on"_s);
    return Tray(std::move(file));
}

Tray::Tray(Tray&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_start(std::exchange(other.m_start, nullptr))
    , m_mapped(std::exchange(other.m_mapped, 0))
    , m_used(std::exchange(other.m_used, 0))
{}

Tray::~Tray()
{
    if (m_start)
        ::munmap(m_start, size_t(m_mapped));
}

Result<qint64> Tray::put(QByteArrayView bytes)
{
    if (bytes.size() > kCapacity - m_used || !reach(m_used + bytes.size()))
        return failure(ErrorKind::MemoryExhausted, u"no memory to pass a picture on"_s);
    const qint64 start = m_used;
    std::copy(bytes.begin(), bytes.end(), m_start + start);
    m_used += bytes.size();
    return start;
}

std::optional<QByteArrayView> Tray::at(qint64 start, qint64 size)
{
    const bool isOnIt = start >= 0 && size > 0 && start <= kCapacity && size <= kCapacity - start;
    if (!isOnIt || !reach(start + size))
        return std::nullopt;
    return QByteArrayView(m_start + start, size);
}

// The other end may have laid more on it than it told of.
void Tray::trim()
{
    constexpr qint64 kBlock = 512; // bytes, of st_blocks
    struct stat now = {};
    if (::fstat(number(), &now) != 0 || now.st_blocks * kBlock > kKept)
        ::fallocate(number(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, off_t(kKept),
                    off_t(kCapacity - kKept));
}

bool Tray::reach(qint64 end)
{
    if (end <= m_mapped)
        return true;
    const qint64 wanted = std::min(kCapacity, (end + kStep - 1) / kStep * kStep);
    void* start =
        m_start ? ::mremap(m_start, size_t(m_mapped), size_t(wanted), MREMAP_MAYMOVE)
                : ::mmap(nullptr, size_t(wanted), PROT_READ | PROT_WRITE, MAP_SHARED, number(), 0);
    if (start == MAP_FAILED)
        return false;
    m_start = static_cast<char*>(start);
    m_mapped = wanted;
    return true;
}

} // namespace vitrine::decoding
