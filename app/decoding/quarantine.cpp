// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/quarantine.h"

#include <QCryptographicHash>

#include <unistd.h>

#include <algorithm>
#include <array>

namespace vitrine::decoding {
namespace {

using imaging::OpenFile;
using imaging::PictureSource;

constexpr int kChances = 2; ///< the first death may have been the machine's fault
constexpr size_t kMost = 100;

qint64 sizeOf(const PictureSource& source)
{
    if (const auto* bytes = std::get_if<QByteArrayView>(&source))
        return bytes->size();
    return std::get<OpenFile>(source).size;
}

// Read, not mapped: the file may be shortened under us.
void addFile(QCryptographicHash& hash, const OpenFile& file)
{
    std::array<char, 64 * 1024> piece;
    off_t position = 0;
    for (;;) {
        const ssize_t length = ::pread(file.descriptor, piece.data(), piece.size(), position);
        if (length <= 0)
            return;
        hash.addData(QByteArrayView(piece.data(), length));
        position += length;
    }
}

QByteArray hashOf(const PictureSource& source)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (const auto* bytes = std::get_if<QByteArrayView>(&source))
        hash.addData(*bytes);
    else
        addFile(hash, std::get<OpenFile>(source));
    return hash.result();
}

} // namespace

bool Quarantine::knowsSize(qint64 size) const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_entries, [&](const Entry& entry) { return entry.size == size; });
}

std::optional<Error> Quarantine::verdictOn(const PictureSource& source) const
{
    if (!knowsSize(sizeOf(source)))
        return std::nullopt;
    const QByteArray sha256 = hashOf(source);
    const std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_entries, sha256, &Entry::sha256);
    const bool hadItsChances = found != m_entries.end() && found->deaths >= kChances;
    return hadItsChances ? std::optional(found->error) : std::nullopt;
}

void Quarantine::accuse(const PictureSource& source, const Error& error)
{
    const QByteArray sha256 = hashOf(source);
    const std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_entries, sha256, &Entry::sha256);
    if (found != m_entries.end()) {
        ++found->deaths;
        found->error = error;
        return;
    }
    if (m_entries.size() == kMost)
        m_entries.pop_front();
    m_entries.push_back({sizeOf(source), sha256, 1, error});
}

} // namespace vitrine::decoding
