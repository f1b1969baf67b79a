// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace vitrine::bench {

/// What a whole process took, its start included.
struct ChildUse {
    double cpu = 0;  ///< ms, user and system
    double peak = 0; ///< resident memory at its largest, MB
};

/// Runs a program to its end. A failure ends the benchmark.
ChildUse runChild(const QString& program, const QStringList& arguments);

} // namespace vitrine::bench
