// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QString>

#include <chrono>

namespace vitrine::ui {

/// What a row of the StagingModel says next to its name: its size, what leaves the file before it
/// is shared, who will see it.
QString stagingNote(const QModelIndex& row);

/// Why a row cannot be shared, as one sentence; empty if it can.
QString stagingProblem(const QModelIndex& row);

/// "Share 4 images"; for the heading and the button.
QString shareLabel(int count);

/// Under the rows: how many are described, how many stay behind, how long it can be undone.
/// \a total counts the rows, \a shareable those without a problem.
QString stagingSummary(int total, int shareable, int described, std::chrono::milliseconds undoTime);

} // namespace vitrine::ui
