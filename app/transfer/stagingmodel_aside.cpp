// SPDX-License-Identifier: GPL-3.0-or-later
// The part of StagingModel that keeps what a person dismissed, for a change of mind.
#include "app/transfer/stagingmodel.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace vitrine::transfer {

int StagingModel::putAside()
{
    beginResetModel();
    std::move(m_rows.begin(), m_rows.end(), std::back_inserter(m_aside));
    dropRows();
    endResetModel();
    Q_EMIT summaryChanged();
    return int(m_aside.size());
}

void StagingModel::bringBack()
{
    comeBack(std::exchange(m_aside, {}));
}

void StagingModel::takeBack(const QList<UploadOrder>& orders)
{
    learnWhatIsShared();
    if (std::ranges::any_of(orders, [](const auto& order) { return !order.keepMetadata; }))
        setKeepMetadata(false);
    QStringList hidden;
    std::vector<StagedFile> rows;
    for (const UploadOrder& order : orders) {
        StagedFile row;
        row.path = order.source;
        row.name = order.name;
        row.alt = order.alt;
        row.isAltTouched = !order.takesAlt;
        row.isPrivate = order.isPrivate;
        row.isRemedied = order.fit || order.again;
        rows.push_back(std::move(row));
        if (order.isPrivate)
            hidden += order.source;
    }
    keepPrivate(hidden);
    comeBack(std::move(rows));
}

void StagingModel::keepPrivate(const QStringList& paths)
{
    const QSet<QString> here = QSet<QString>(paths.begin(), paths.end()).intersect(m_paths);
    for (int row = 0; row < rowCount() && !here.isEmpty(); ++row) {
        if (here.contains(at(row).path))
            setData(index(row), true, IsPrivateRole);
    }
}

void StagingModel::comeBack(std::vector<StagedFile> returning)
{
    std::vector<StagedFile> rows;
    for (StagedFile& row : returning) {
        const bool hasFile = !row.path.isEmpty();
        if (hasFile && m_paths.contains(row.path))
            continue;
        if (hasFile)
            m_paths.insert(row.path);
        row.isInFlight = row.isStale = false;
        row.isKnown = row.hasPictures = !hasFile; // the others are looked at once more
        row.thumbnail = row.blurred = {};
        rows.push_back(std::move(row));
    }
    insert(std::move(rows));
}

void StagingModel::forgetAside()
{
    for (const StagedFile& row : std::exchange(m_aside, {})) {
        if (!m_paths.contains(row.path))
            discard(row);
    }
}

bool StagingModel::has(const QString& path) const
{
    return m_paths.contains(path) ||
           std::any_of(m_aside.begin(), m_aside.end(),
                       [&](const StagedFile& row) { return row.path == path; });
}

} // namespace vitrine::transfer
