// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QAbstractItemModel;

namespace vitrine::ui {

/// What the layout has to know of a model.
struct LayoutInput {
    std::vector<float> aspects;     ///< width divided by height; 0 if unknown
    std::vector<int> sectionStarts; ///< the first row of each local day; only {0} if not grouped

    bool operator==(const LayoutInput&) const = default;

    /// Reads SizeRole and UploadedRole of every row. Linear, and quick: a day's limits in local
    /// time are worked out once a day, not once a row.
    static LayoutInput of(const QAbstractItemModel* model, bool groupedByDay);

    /// The same for rows that came behind those that are known.
    void append(const QAbstractItemModel& model, bool groupedByDay);

    /// The same after rows have gone from among those that are known; \a model is as it is now.
    void remove(const QAbstractItemModel& model, bool groupedByDay, int firstRow, int lastRow);

    /// Looks at these rows again; whether one has another shape by now. The day of an image never
    /// changes.
    bool update(const QAbstractItemModel& model, int firstRow, int lastRow);
};

} // namespace vitrine::ui
