// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/layoutinput.h"

#include "app/gallery/gallerymodel.h"

#include <QAbstractItemModel>
#include <QDateTime>
#include <QSize>

#include <algorithm>
#include <utility>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;

namespace {

float aspectOf(const QModelIndex& index)
{
    const QSize size = index.data(Role::SizeRole).toSize();
    return size.isEmpty() ? 0 : float(size.width()) / float(size.height());
}

QDateTime uploadedAt(const QAbstractItemModel& model, int row)
{
    return model.index(row, 0).data(Role::UploadedRole).toDateTime();
}

/// One local day as an interval of UTC.
class LocalDay
{
public:
    bool contains(const QDateTime& time) const { return m_start <= time && time < m_end; }

    static LocalDay around(const QDateTime& time)
    {
        const QDate day = time.toLocalTime().date();
        LocalDay result;
        result.m_start = day.startOfDay().toUTC();
        result.m_end = day.addDays(1).startOfDay().toUTC();
        return result;
    }

private:
    QDateTime m_start;
    QDateTime m_end;
};

} // namespace

LayoutInput LayoutInput::of(const QAbstractItemModel* model, bool groupedByDay)
{
    LayoutInput input;
    if (model != nullptr)
        input.append(*model, groupedByDay);
    return input;
}

void LayoutInput::append(const QAbstractItemModel& model, bool groupedByDay)
{
    const int known = int(aspects.size());
    const int count = model.rowCount();
    aspects.reserve(std::size_t(count));
    LocalDay day;
    if (groupedByDay && known > 0)
        day = LocalDay::around(uploadedAt(model, known - 1));
    for (int row = known; row < count; ++row) {
        aspects.push_back(aspectOf(model.index(row, 0)));
        if (!groupedByDay)
            continue;
        const QDateTime uploaded = uploadedAt(model, row);
        if (row == 0 || !day.contains(uploaded)) {
            day = LocalDay::around(uploaded);
            sectionStarts.push_back(row);
        }
    }
    if (!groupedByDay && known == 0 && count > 0)
        sectionStarts.push_back(0);
}

void LayoutInput::remove(const QAbstractItemModel& model, bool groupedByDay, int firstRow,
                         int lastRow)
{
    aspects.erase(aspects.begin() + firstRow, aspects.begin() + lastRow + 1);
    std::vector<int> starts;
    const auto behind = std::upper_bound(sectionStarts.begin(), sectionStarts.end(), lastRow + 1);
    const auto gone = std::lower_bound(sectionStarts.begin(), behind, firstRow);
    starts.assign(sectionStarts.begin(), gone);
    // What stood behind them is first in its section now, or goes on with what stands before.
    const bool isFirst =
        firstRow == 0 ||
        (groupedByDay && gone != behind &&
         !LocalDay::around(uploadedAt(model, firstRow - 1)).contains(uploadedAt(model, firstRow)));
    if (isFirst && std::size_t(firstRow) < aspects.size())
        starts.push_back(firstRow);
    for (auto start = behind; start != sectionStarts.end(); ++start)
        starts.push_back(*start - (lastRow - firstRow + 1));
    sectionStarts = std::move(starts);
}

bool LayoutInput::update(const QAbstractItemModel& model, int firstRow, int lastRow)
{
    bool isNew = false;
    const int end = std::min(lastRow + 1, int(aspects.size())); // the others are appended anyhow
    for (int row = firstRow; row < end; ++row) {
        const float aspect = aspectOf(model.index(row, 0));
        isNew |= aspect != std::exchange(aspects[std::size_t(row)], aspect);
    }
    return isNew;
}

} // namespace vitrine::ui
