// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <utility>

namespace vitrine {

/// An exclusive lock on a file, held while this object lives and freed by the kernel when the
/// process dies. The file itself stays. Moves, does not copy. Any thread.
class FileLock
{
public:
    /// Does not wait. Errors: Busy (another process, or another FileLock, holds it),
    /// PermissionDenied, Storage.
    static Result<FileLock> tryLock(const QString& path);
    /// Whether somebody holds it just now. Only asks: takes no lock, and makes no file.
    static bool isHeld(const QString& path);

    FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    FileLock& operator=(FileLock&& other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace vitrine
