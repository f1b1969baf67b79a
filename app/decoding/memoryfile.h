// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/descriptor.h"
#include "app/base/result.h"

#include <QByteArrayView>

namespace vitrine::decoding {

/// A file without a name that lives in memory (memfd): written by one process, then sealed, so that
/// no process can change or shorten it any more.
class MemoryFile
{
public:
    /// Errors: Storage, here and below: no memory.
    static Result<MemoryFile> make();
    /// One that is sealed already.
    static Result<MemoryFile> holding(QByteArrayView bytes);

    /// Puts \a bytes at the end and tells where.
    Result<qint64> append(QByteArrayView bytes);
    Result<void> seal();

    int number() const { return m_file.number(); }
    qint64 size() const { return m_size; }

private:
    explicit MemoryFile(Descriptor file) : m_file(std::move(file)) {}

    Descriptor m_file;
    qint64 m_size = 0;
};

/// Whether what another process made stays as it is.
bool isSealed(int descriptor);

} // namespace vitrine::decoding
