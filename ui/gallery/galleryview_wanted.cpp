// SPDX-License-Identifier: GPL-3.0-or-later
// Which previews GalleryView wants, and in which order.
#include "app/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"

#include <algorithm>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;
using gallery::PreviewKey;
using gallery::PreviewVariant;

namespace {

constexpr int kPrefetchPages = 2; // above and below what is visible
constexpr int kWantedDelay = 20;  // ms; one announcement for a burst of scrolling

} // namespace

void GalleryView::announceSoon()
{
    if (!m_wantedTimer.isActive()) // not later because something happens all the time
        m_wantedTimer.start(kWantedDelay, this);
}

void GalleryView::announceWanted()
{
    const int top = verticalOffset();
    const int page = viewport()->height();
    const auto range =
        m_layout.itemsBetween(top - kPrefetchPages * page, top + (kPrefetchPages + 1) * page);
    struct Candidate {
        int distance;
        int row;
    };
    std::vector<Candidate> candidates;
    for (int row = range.first; row < std::min(range.end, int(m_layout.count())); ++row) {
        const QRect rect = m_layout.rect(row);
        const int above = top - rect.bottom();
        const int below = rect.top() - (top + page - 1);
        candidates.push_back({std::max({0, above, below}), row});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto& a, const auto& b) { return a.distance < b.distance; });
    QList<PreviewKey> wanted;
    wanted.reserve(qsizetype(candidates.size()));
    for (const Candidate& candidate : candidates) {
        const QModelIndex index = item(candidate.row);
        wanted.append({index.data(Role::IdRole).toString(),
                       isFrosted(index) ? PreviewVariant::Blurred : PreviewVariant::Sharp});
    }
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    Q_EMIT wantedChanged(m_wanted);
}

} // namespace vitrine::ui
