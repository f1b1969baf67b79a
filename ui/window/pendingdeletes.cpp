// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pendingdeletes.h"

#include "app/gallery/gallerymodel.h"
#include "app/transfer/outbox.h"

namespace vitrine::ui
{
namespace
{

bool isPendingDelete(const transfer::Transfer& transfer)
{
    return transfer.kind == transfer::Kind::Delete && transfer.state != transfer::State::Failed &&
           transfer.state != transfer::State::Cancelled;
}

} // namespace

PendingDeletes::PendingDeletes(QAbstractItemModel& source, const transfer::Outbox& outbox,
                               QObject* parent)
    : QSortFilterProxyModel(parent), m_outbox(outbox)
{
    connect(&outbox, &transfer::Outbox::added, this, &PendingDeletes::follow);
    connect(&outbox, &transfer::Outbox::changed, this, &PendingDeletes::follow);
    connect(&outbox, &transfer::Outbox::removed, this, &PendingDeletes::readAll);
    readAll();
    setSourceModel(&source);
}

bool PendingDeletes::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_ids.isEmpty())
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return !m_ids.contains(index.data(gallery::GalleryModel::IdRole).toString());
}

void PendingDeletes::follow(const QString& key)
{
    const transfer::Transfer* transfer = m_outbox.find(key);
    if (transfer && transfer->kind == transfer::Kind::Delete)
        readAll();
}

void PendingDeletes::readAll()
{
    QSet<QString> ids;
    for (const transfer::Transfer& transfer : m_outbox.transfers()) {
        if (isPendingDelete(transfer))
            ids += transfer.imageId;
    }
    if (ids == m_ids)
        return;
    m_ids = std::move(ids);
    invalidateRowsFilter();
}

} // namespace vitrine::ui
