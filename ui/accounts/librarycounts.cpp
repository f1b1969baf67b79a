// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/librarycounts.h"

#include "app/gallery/gallerymodel.h"

namespace vitrine::ui {

using gallery::GalleryModel;

namespace {

bool mayChangeCounts(const QList<int>& roles)
{
    return roles.isEmpty() || roles.contains(GalleryModel::IsPrivateRole) ||
           roles.contains(GalleryModel::AltRole);
}

} // namespace

LibraryCounts::LibraryCounts(const QAbstractItemModel& model, QObject* parent)
    : QObject(parent), m_model(model)
{
    m_due.setSingleShot(true);
    m_due.setInterval(0);
    connect(&m_due, &QTimer::timeout, this, &LibraryCounts::count);
    const auto start = [this] { m_due.start(); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, start);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, start);
    connect(&model, &QAbstractItemModel::modelReset, this, start);
    connect(&model, &QAbstractItemModel::layoutChanged, this, start);
    connect(&model, &QAbstractItemModel::dataChanged, this, &LibraryCounts::noteData);
    count();
}

void LibraryCounts::noteData(const QModelIndex&, const QModelIndex&, const QList<int>& roles)
{
    // Previews arrive by the hundred and change no count.
    if (mayChangeCounts(roles))
        m_due.start();
}

void LibraryCounts::count()
{
    m_all = m_model.rowCount();
    m_private = 0;
    m_withoutAlt = 0;
    for (int row = 0; row < m_all; ++row) {
        const QModelIndex index = m_model.index(row, 0);
        m_private += index.data(GalleryModel::IsPrivateRole).toBool() ? 1 : 0;
        m_withoutAlt += index.data(GalleryModel::AltRole).toString().isEmpty() ? 1 : 0;
    }
    Q_EMIT changed();
}

} // namespace vitrine::ui
