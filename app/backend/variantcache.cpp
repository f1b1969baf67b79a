// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/variantcache.h"

namespace vitrine::backend {

std::optional<VariantCache::Entry> VariantCache::find(const QByteArray& path)
{
    const std::scoped_lock lock(m_mutex);
    const Entry* entry = m_entries.object(path);
    return entry ? std::optional(*entry) : std::nullopt;
}

quint64 VariantCache::generation()
{
    const std::scoped_lock lock(m_mutex);
    return m_generation;
}

void VariantCache::keep(quint64 generation, const QByteArray& path, Entry entry)
{
    const std::scoped_lock lock(m_mutex);
    if (generation == m_generation)
        m_entries.insert(path, new Entry(std::move(entry)));
}

void VariantCache::forget(const QList<QByteArray>& paths)
{
    const std::scoped_lock lock(m_mutex);
    ++m_generation;
    for (const QByteArray& path : paths)
        m_entries.remove(path);
}

} // namespace vitrine::backend
