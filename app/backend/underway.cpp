// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/underway.h"

#include "app/backend/crypto.h"
#include "app/base/descriptor.h"
#include "app/base/file.h"
#include "app/base/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace vitrine::backend {
namespace {

const QByteArray kFree(kDigestBytes, '\0');

/// Places lie within one sector each, which disks write whole or not at all.
bool writePlace(const QFile& file, int place, const QByteArray& record)
{
    return writeAt(file.handle(), qint64(place) * kDigestBytes, record);
}

} // namespace

UnderWay::UnderWay(const QString& path) : m_path(path)
{}

Result<void> UnderWay::open()
{
    if (m_file.isOpen())
        return {};
    const auto earlier = notes();
    if (!earlier)
        return failure(earlier.error());
    for (const Note& note : *earlier) {
        m_taken.resize(std::max(m_taken.size(), size_t(note.place) + 1));
        m_taken[size_t(note.place)] = true;
    }
    const int descriptor =
        ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failure(ownFileError(errno, m_path));
    if (!m_file.open(descriptor, QIODevice::WriteOnly | QIODevice::Unbuffered,
                     QFileDevice::AutoCloseHandle)) {
        ::close(descriptor);
        return failure(ErrorKind::Storage, m_path);
    }
    syncDirectoryOf(m_path);
    return {};
}

Result<UnderWay::Note> UnderWay::add(const QByteArray& digest)
{
    const std::scoped_lock lock(m_mutex);
    if (auto opened = open(); !opened)
        return failure(opened.error());
    const auto free = std::find(m_taken.begin(), m_taken.end(), false);
    const Note note{int(free - m_taken.begin()), digest};
    if (!writePlace(m_file, note.place, digest))
        return failure(ownFileError(errno, m_path));
    if (free == m_taken.end())
        m_taken.push_back(true);
    else
        *free = true;
    return note;
}

Result<void> UnderWay::sync()
{
    if (::fdatasync(m_file.handle()) != 0)
        return failure(ownFileError(errno, m_path));
    return {};
}

/// Not made durable: a note too many costs the next start one look.
void UnderWay::remove(const Note& note)
{
    const std::scoped_lock lock(m_mutex);
    if (!open() || !writePlace(m_file, note.place, kFree)) {
        qCWarning(logBackend, "a note of a picture that is done could not be removed");
        return; // its place stays taken
    }
    if (size_t(note.place) < m_taken.size())
        m_taken[size_t(note.place)] = false;
}

Result<QList<UnderWay::Note>> UnderWay::notes() const
{
    const Descriptor descriptor(
        ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC));
    if (!descriptor.isOpen())
        return errno == ENOENT ? Result<QList<Note>>() : failure(ownFileError(errno, m_path));
    QFile file;
    if (!file.open(descriptor.number(), QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, m_path);
    const QByteArray records = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(ErrorKind::Storage, m_path);
    QList<Note> notes;
    for (int place = 0; (place + 1) * kDigestBytes <= records.size(); ++place) {
        const QByteArray record = records.mid(place * kDigestBytes, kDigestBytes);
        if (record != kFree)
            notes.append({place, record});
    }
    return notes;
}

} // namespace vitrine::backend
