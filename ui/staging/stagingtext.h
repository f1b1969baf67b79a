// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QString>

#include <chrono>

namespace vitrine::ui {

/// What a row of the StagingModel says next to its name.
struct StagingNote {
    QString text;
    bool isProblem = false; ///< it will not go out, or takes along what it should not
    QString remedy;         ///< what to click; empty if there is nothing to be done
};

/// Its size, what leaves the file before it is shared and who will see it; or why it cannot be
/// shared as it is, and what is offered.
StagingNote stagingNote(const QModelIndex& row);

/// Nothing helps: it cannot be shared at all.
bool isHopeless(const QModelIndex& row);

/// "Share 4 images"; for the heading and the button.
QString shareLabel(int count);

/// Under the rows: how many are described, how many stay behind, how long it can be undone.
/// \a total counts the rows, \a shareable those without a problem.
QString stagingSummary(int total, int shareable, int described, std::chrono::milliseconds undoTime);

} // namespace vitrine::ui
