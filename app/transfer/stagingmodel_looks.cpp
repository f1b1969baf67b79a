// SPDX-License-Identifier: GPL-3.0-or-later
// The part of StagingModel that has its files looked at.
#include "app/transfer/stagingmodel.h"

namespace vitrine::transfer {

/// What is known of the rows does not hold any more.
void StagingModel::lookAgain()
{
    if (m_rows.empty())
        return;
    for (StagedFile& row : m_rows) {
        row.isStale = row.isInFlight;
        row.isKnown = row.path.isEmpty();
        row.hasPictures = row.hasPictures && row.isKnown;
    }
    m_firstWaiting = 0;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    lookOn();
}

void StagingModel::lookOn()
{
    while (m_lookups == 0 && !m_looks.isBusy()) {
        const auto row = nextRow();
        if (!row)
            return;
        startLook(*row);
    }
}

std::optional<int> StagingModel::nextRow()
{
    const int end = int(m_rows.size());
    for (int row = qMax(0, m_near.first); row < qMin(end, m_near.last + 1); ++row) {
        if (!at(row).isInFlight && (!at(row).isKnown || !at(row).hasPictures))
            return row;
    }
    while (m_firstWaiting < end && (at(m_firstWaiting).isKnown || at(m_firstWaiting).isInFlight))
        ++m_firstWaiting;
    return m_firstWaiting < end ? std::optional(m_firstWaiting) : std::nullopt;
}

void StagingModel::startLook(int row)
{
    StagedFile& file = at(row);
    file.isInFlight = true;
    m_looks.start({.id = file.id,
                   .path = file.path,
                   .rules = m_rules,
                   .known = m_known,
                   .keepMetadata = m_keepMetadata,
                   .wantsPictures = m_near.contains(row)});
}

void StagingModel::showLooked(quint64 id, const Looked& looked)
{
    const int place = rowOf(id);
    if (place < 0)
        return;
    StagedFile& row = at(place);
    row.isInFlight = !looked.isFinal;
    if (row.isStale) { // a later look will tell
        row.isStale = row.isInFlight;
        m_firstWaiting = qMin(m_firstWaiting, place);
        return;
    }
    count(row, -1);
    if (looked.isFinal)
        takeOver(row, looked);
    else if (!row.isKnown)
        row.facts.bytes = looked.facts.bytes;
    count(row, 1);
    if (m_near.contains(place))
        showPictures(row, looked);
    Q_EMIT dataChanged(index(place), index(place));
    announceSummary();
}

void StagingModel::takeOver(StagedFile& row, const Looked& looked)
{
    row.facts = looked.facts;
    row.report = looked.report;
    row.isKnown = true;
    if (!row.isAltTouched)
        row.alt = looked.altText;
}

void StagingModel::showPictures(StagedFile& row, const Looked& looked)
{
    if (!looked.hasPictures)
        return;
    row.thumbnail = looked.thumbnail;
    row.blurred = looked.blurred;
    row.hasPictures = looked.isFinal;
    m_pictured.insert(row.id);
}

void StagingModel::dropFarPictures()
{
    m_pictured.removeIf([this](quint64 id) {
        const int place = rowOf(id);
        if (place < 0)
            return true;
        if (m_near.contains(place))
            return false;
        StagedFile& row = at(place);
        row.thumbnail = row.blurred = {};
        row.hasPictures = false;
        return true;
    });
}

} // namespace vitrine::transfer
