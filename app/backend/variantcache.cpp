// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/variantcache.h"

namespace vitrine::backend {

VariantCache::VariantCache(qint64 budget) : m_entries(budget)
{}

std::optional<VariantCache::Entry> VariantCache::find(const Delivery::Target& target)
{
    const std::scoped_lock lock(m_mutex);
    const Entry* entry = m_entries.object(key(target.id, target.form));
    return entry ? std::optional(*entry) : std::nullopt;
}

quint64 VariantCache::generation()
{
    const std::scoped_lock lock(m_mutex);
    return m_generation;
}

void VariantCache::keep(quint64 generation, const Delivery::Target& target, Entry entry)
{
    const qint64 cost = entry.response.body.size();
    const std::scoped_lock lock(m_mutex);
    if (generation == m_generation && cost <= kLargest)
        m_entries.insert(key(target.id, target.form), new Entry(std::move(entry)), cost);
}

void VariantCache::forget(const QString& id)
{
    const std::scoped_lock lock(m_mutex);
    ++m_generation;
    for (const Form form : kVariants)
        m_entries.remove(key(id, form));
}

} // namespace vitrine::backend
