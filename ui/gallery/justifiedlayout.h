// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QRect>

#include <vector>

namespace vitrine::ui {

/// Where pictures go: rows that fill the width, each picture in its own shape, under headings.
/// Pure geometry in device-independent pixels, laid out from left to right; a view mirrors it.
/// Linear in the number of items; every question is answered in logarithmic time.
class JustifiedLayout
{
public:
    struct Metrics {
        int width = 0;         ///< of everything, margins included
        int rowHeight = 172;   ///< aimed at; real rows differ a little, to fill the width
        int gap = 8;           ///< between pictures and between rows
        int margin = 0;        ///< left and right of the rows, above the first, below the last
        int headingHeight = 0; ///< 0: no headings
        int sectionGap = 16;   ///< above each heading but the first, besides the gap

        bool operator==(const Metrics&) const = default;
    };

    struct Section {
        int first = 0; ///< its first item
        int count = 0; ///< of items
        QRect heading; ///< empty where there are no headings
    };

    /// \a aspects: width divided by height, one an item; extreme ones are cut to something that
    /// can still be looked at. \a sectionStarts: the first item of each section, ascending,
    /// beginning with 0.
    void build(const std::vector<float>& aspects, const std::vector<int>& sectionStarts,
               const Metrics& metrics);

    int count() const { return int(m_spans.size()); }
    int height() const { return m_height; }
    const std::vector<Section>& sections() const { return m_sections; }

    QRect rect(int item) const;
    /// The item at \a point, or -1.
    int itemAt(QPoint point) const;
    /// The item that is nearest to \a point, or -1 if there is none at all.
    int nearest(QPoint point) const;

    struct Range {
        int first = 0;
        int end = 0; ///< one past the last

        bool operator==(const Range&) const = default;
    };
    /// The items of all rows that touch the stripe [top, bottom).
    Range itemsBetween(int top, int bottom) const;

    /// The item below or above \a item (\a rows positive or negative), as near as can be; the item
    /// itself at the end.
    int moved(int item, int rows) const;

private:
    struct Row {
        int first;
        int count;
        int top;
        int height;
    };
    struct Span {
        int left;
        int width;
    };

    void addSection(const std::vector<float>& aspects, int first, int end, const Metrics& metrics);
    void addRow(const std::vector<float>& aspects, int first, int end, double height, bool filled,
                const Metrics& metrics);
    int rowOf(int item) const;
    int nearestInRow(const Row& row, int x) const;

    std::vector<Row> m_rows;
    std::vector<Span> m_spans;
    std::vector<Section> m_sections;
    int m_height = 0;
};

} // namespace vitrine::ui
