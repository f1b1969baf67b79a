// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/descriptor.h"
#include "app/base/result.h"

#include <QString>

namespace vitrine {

/// A file without a name that lives in memory (memfd), sealed: no process can change or shorten it.
class MemoryFile
{
public:
    /// Takes a whole regular file into memory, as it was at one moment. Errors: as openFile(), Busy
    /// (somebody is writing it), and Storage for no memory.
    /// Blocks on the file system: not for the GUI thread.
    static Result<MemoryFile> copyOf(const QString& path, qint64 limit);

    int number() const { return m_file.number(); }
    qint64 size() const { return m_size; }

private:
    MemoryFile(Descriptor file, qint64 size) : m_file(std::move(file)), m_size(size) {}

    Descriptor m_file;
    qint64 m_size = 0;
};

} // namespace vitrine
