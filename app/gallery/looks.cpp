// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/looks.h"

#include "app/gallery/catalog.h"

#include <chrono>
#include <utility>

namespace vitrine::gallery {

using namespace std::chrono_literals;

/// Long enough for a screenful to be one transaction.
constexpr auto kBatchTime = 500ms;

Looks::Looks(Catalog& catalog, QObject* parent) : QObject(parent), m_catalog(catalog)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kBatchTime);
    connect(&m_timer, &QTimer::timeout, this, &Looks::flush);
}

Looks::~Looks()
{
    flush(); // a program that only uploads is done sooner than a batch
}

void Looks::learn(const QString& id, const QImage& sharpPreview)
{
    if (sharpPreview.isNull() || m_known.contains(id))
        return;
    m_known.insert(id);
    m_pending.insert(id, sharpPreview);
    if (!m_timer.isActive())
        m_timer.start();
}

void Looks::forget(const QString& id)
{
    m_known.remove(id);
    m_pending.remove(id);
}

void Looks::flush()
{
    if (m_pending.isEmpty())
        return;
    m_catalog.putLooks(std::exchange(m_pending, {}));
}

} // namespace vitrine::gallery
