// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/justifiedlayout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vitrine::ui {

namespace {

// Narrower or wider pictures are cut at the sides: a row of one 20:1 panorama is no row.
constexpr double kNarrowest = 0.5;
constexpr double kWidest = 3.2;
// A last row may grow this much to fill the width; beyond that it stays short.
constexpr double kLastRowGrowth = 1.35;
// No row is lower than this part of the height that is aimed at.
constexpr double kLowestRow = 0.6;
// What a last row costs that is nearly empty, as against rows of the wrong height.
constexpr double kEmptyLastRow = 0.35;

/// One way to end a row.
struct Break {
    double cost = std::numeric_limits<double>::infinity();
    double height = 0;
    int start = 0;
};

/// \a scale: the row's height by the height that is aimed at, were it to fill the width.
double rowCost(double scale, bool last)
{
    if (last && scale > kLastRowGrowth)
        return kEmptyLastRow * (1 - 1 / scale);
    const double off = std::max(scale, 1 / scale) - 1;
    return off * off;
}

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
    const int count = end - first;
    // The cheapest way to break the first i pictures into rows ends with a row that begins at
    // rowStart[i]. Few pictures fit into a row, so this is linear.
    std::vector<Break> breaks(std::size_t(count) + 1);
    breaks[0].cost = 0;
    for (int i = 1; i <= count; ++i) {
        Break& best = breaks[std::size_t(i)];
        double sum = 0; // of the aspects in the row: its width at height 1
        for (int start = i - 1; start >= 0; --start) {
            sum += usable(aspects[std::size_t(first + start)]);
            const double height = (available - metrics.gap * (i - start - 1)) / sum;
            if (start < i - 1 && height < metrics.rowHeight * kLowestRow)
                break;
            const double cost =
                breaks[std::size_t(start)].cost + rowCost(height / metrics.rowHeight, i == count);
            if (cost < best.cost)
                best = {cost, height, start};
        }
    }
    std::vector<int> rowEnds;
    for (int i = count; i > 0; i = breaks[std::size_t(i)].start)
        rowEnds.push_back(i);
    for (auto rowEnd = rowEnds.rbegin(); rowEnd != rowEnds.rend(); ++rowEnd) {
        const Break& row = breaks[std::size_t(*rowEnd)];
        const bool fills = *rowEnd < count || row.height <= metrics.rowHeight * kLastRowGrowth;
        addRow(aspects, first + row.start, first + *rowEnd, fills ? row.height : metrics.rowHeight,
               fills, metrics);
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
