// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/mappedfile.h"

#include <sys/mman.h>

namespace vitrine {

Result<MappedFile> MappedFile::map(int descriptor, qint64 size)
{
    if (size <= 0)
        return failure(ErrorKind::EmptyFile);
    void* start = ::mmap(nullptr, size_t(size), PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (start == MAP_FAILED)
        return failure(ErrorKind::Storage, QStringLiteral("a file could not be mapped"));
    return MappedFile(QByteArrayView(static_cast<const char*>(start), size));
}

MappedFile::~MappedFile()
{
    if (!m_bytes.isEmpty())
        ::munmap(const_cast<char*>(m_bytes.data()), size_t(m_bytes.size()));
}

} // namespace vitrine
