// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/librarycounts.h"

#include "app/gallery/gallerymodel.h"

#include <utility>

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
    const auto recountSoon = [this] { recount(); };
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { add(first, last, +1); });
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) { add(first, last, -1); });
    connect(&model, &QAbstractItemModel::modelReset, this, recountSoon);
    connect(&model, &QAbstractItemModel::layoutChanged, this, recountSoon);
    connect(&model, &QAbstractItemModel::dataChanged, this, &LibraryCounts::noteData);
    count();
}

void LibraryCounts::noteData(const QModelIndex&, const QModelIndex&, const QList<int>& roles)
{
    // Previews arrive by the hundred and change no count.
    if (mayChangeCounts(roles))
        recount();
}

void LibraryCounts::recount()
{
    m_isOld = true;
    m_due.start();
}

// A long listing comes bit by bit, and is not counted from the start each time.
void LibraryCounts::add(int first, int last, int sign)
{
    m_due.start();
    if (m_isOld)
        return;
    m_all += sign * (last - first + 1);
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_model.index(row, 0);
        m_private += index.data(GalleryModel::IsPrivateRole).toBool() ? sign : 0;
        m_withoutAlt += index.data(GalleryModel::AltRole).toString().isEmpty() ? sign : 0;
    }
}

void LibraryCounts::count()
{
    if (std::exchange(m_isOld, false)) {
        m_all = m_private = m_withoutAlt = 0;
        if (m_model.rowCount() > 0)
            add(0, m_model.rowCount() - 1, +1);
        m_due.stop();
    }
    Q_EMIT changed();
}

} // namespace vitrine::ui
