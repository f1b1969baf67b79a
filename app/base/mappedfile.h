// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArrayView>

#include <utility>

namespace vitrine {

/// The bytes of an open file, seen as memory and not copied. If somebody shortens the file
/// meanwhile, touching what is gone raises SIGBUS: what must survive that reads untrusted files in
/// another process, or reads a sealed memfd. Moves, does not copy. Any thread.
class MappedFile
{
public:
    /// The first \a size bytes, read-only. The descriptor may be closed afterwards.
    /// Errors: EmptyFile, Storage.
    static Result<MappedFile> map(int descriptor, qint64 size);

    MappedFile(MappedFile&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept
    {
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~MappedFile();

    QByteArrayView bytes() const { return m_bytes; }

private:
    explicit MappedFile(QByteArrayView bytes) : m_bytes(bytes) {}
    QByteArrayView m_bytes;
};

} // namespace vitrine
