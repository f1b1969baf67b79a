// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/justifiedlayout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vitrine::ui
{

namespace
{

// Narrower or wider pictures are cut at the sides: a row of one 20:1 panorama is no row.
constexpr double kNarrowest = 0.5;
constexpr double kWidest = 3.2;
// A last row may grow this much to fill the width; beyond that it stays short.
constexpr double kLastRowGrowth = 1.35;

double usable(float aspect)
{
    return std::isfinite(aspect) && aspect > 0 ? std::clamp(double(aspect), kNarrowest, kWidest)
                                               : 4.0 / 3;
}

} // namespace

void JustifiedLayout::build(const std::vector<float>& aspects,
                            const std::vector<int>& sectionStarts, const Metrics& metrics)
{
    m_rows.clear();
    m_sections.clear();
    m_spans.assign(aspects.size(), {});
    m_height = metrics.margin;
    if (metrics.width <= 2 * metrics.margin || aspects.empty())
        return;
    for (std::size_t i = 0; i < sectionStarts.size(); ++i) {
        const int first = sectionStarts[i];
        const int end = i + 1 < sectionStarts.size() ? sectionStarts[i + 1] : int(aspects.size());
        if (i > 0)
            m_height += metrics.sectionGap;
        m_sections.push_back({first, end - first,
                              QRect(metrics.margin, m_height, metrics.width - 2 * metrics.margin,
                                    metrics.headingHeight)});
        m_height += metrics.headingHeight;
        addSection(aspects, first, end, metrics);
    }
    m_height += metrics.margin - metrics.gap;
}

void JustifiedLayout::addSection(const std::vector<float>& aspects, int first, int end,
                                 const Metrics& metrics)
{
    const double available = metrics.width - 2 * metrics.margin;
    int rowFirst = first;
    double sum = 0; // of the aspects in the row: its width at height 1
    for (int item = first; item < end; ++item) {
        const double aspect = usable(aspects[std::size_t(item)]);
        const auto heightWith = [&](double aspectSum, int count) {
            return (available - metrics.gap * (count - 1)) / aspectSum;
        };
        const int before = item - rowFirst;
        const double height = heightWith(sum + aspect, before + 1);
        if (height <= metrics.rowHeight) {
            // Full. Without this picture the row would be too high: whichever is nearer.
            const double without = before > 0 ? heightWith(sum, before) : 0;
            if (before > 0 && without / metrics.rowHeight < metrics.rowHeight / height) {
                addRow(aspects, rowFirst, item, without, true, metrics);
                rowFirst = item;
                sum = aspect;
                continue;
            }
            addRow(aspects, rowFirst, item + 1, height, true, metrics);
            rowFirst = item + 1;
            sum = 0;
            continue;
        }
        sum += aspect;
    }
    if (rowFirst < end) {
        const double filling = (available - metrics.gap * (end - rowFirst - 1)) / sum;
        const bool fills = filling <= metrics.rowHeight * kLastRowGrowth;
        addRow(aspects, rowFirst, end, fills ? filling : metrics.rowHeight, fills, metrics);
    }
}

void JustifiedLayout::addRow(const std::vector<float>& aspects, int first, int end, double height,
                             bool filled, const Metrics& metrics)
{
    const int rowHeight = std::max(1, int(std::lround(height)));
    const int right = metrics.width - metrics.margin;
    double edge = metrics.margin; // exact, so that rounding does not add up
    for (int item = first; item < end; ++item) {
        const double width = usable(aspects[std::size_t(item)]) * height;
        const int left = int(std::lround(edge));
        int itemRight = int(std::lround(edge + width));
        if (itemRight > right || (filled && item + 1 == end))
            itemRight = right;
        m_spans[std::size_t(item)] = {left, itemRight - left};
        edge += width + metrics.gap;
    }
    m_rows.push_back({first, end - first, m_height, rowHeight});
    m_height += rowHeight + metrics.gap;
}

int JustifiedLayout::rowOf(int item) const
{
    const auto after =
        std::upper_bound(m_rows.begin(), m_rows.end(), item,
                         [](int wanted, const Row& row) { return wanted < row.first; });
    return int(after - m_rows.begin()) - 1;
}

QRect JustifiedLayout::rect(int item) const
{
    if (item < 0 || item >= count() || m_rows.empty())
        return {};
    const Row& row = m_rows[std::size_t(rowOf(item))];
    const Span& span = m_spans[std::size_t(item)];
    return {span.left, row.top, span.width, row.height};
}

JustifiedLayout::Range JustifiedLayout::itemsBetween(int top, int bottom) const
{
    const auto first =
        std::lower_bound(m_rows.begin(), m_rows.end(), top,
                         [](const Row& row, int y) { return row.top + row.height <= y; });
    const auto end = std::lower_bound(first, m_rows.end(), bottom,
                                      [](const Row& row, int y) { return row.top < y; });
    if (first == end)
        return {};
    const Row& last = *std::prev(end);
    return {first->first, last.first + last.count};
}

int JustifiedLayout::itemAt(QPoint point) const
{
    const Range candidates = itemsBetween(point.y(), point.y() + 1);
    for (int item = candidates.first; item < candidates.end; ++item) {
        if (rect(item).contains(point))
            return item;
    }
    return -1;
}

int JustifiedLayout::nearestInRow(const Row& row, int x) const
{
    int best = row.first;
    int bestDistance = std::numeric_limits<int>::max();
    for (int item = row.first; item < row.first + row.count; ++item) {
        const Span& span = m_spans[std::size_t(item)];
        const int distance = std::abs(2 * span.left + span.width - 2 * x);
        if (distance < bestDistance) {
            best = item;
            bestDistance = distance;
        }
    }
    return best;
}

int JustifiedLayout::nearest(QPoint point) const
{
    if (m_rows.empty())
        return -1;
    auto row =
        std::lower_bound(m_rows.begin(), m_rows.end(), point.y(), [](const Row& candidate, int y) {
            return candidate.top + candidate.height <= y;
        });
    if (row == m_rows.end())
        --row;
    return nearestInRow(*row, point.x());
}

int JustifiedLayout::moved(int item, int rows) const
{
    if (item < 0 || item >= count() || m_rows.empty())
        return item;
    const int from = rowOf(item);
    const int to = std::clamp(from + rows, 0, int(m_rows.size()) - 1);
    return to == from ? item : nearestInRow(m_rows[std::size_t(to)], rect(item).center().x());
}

} // namespace vitrine::ui
