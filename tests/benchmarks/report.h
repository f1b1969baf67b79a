// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace vitrine::bench {

/// One thing measured, held against another of the same run.
struct Row {
    QString name;     ///< what was measured, on what
    double value = 0; ///< median
    QString unit;
    QString against;  ///< what it is compared with; empty: with nothing
    double ratio = 0; ///< median of value over the other's, pair by pair
};

/// Prints a benchmark's rows: a table for people to stderr and, when asked, JSON to stdout.
class Report
{
public:
    /// \a asJson is the program's "--json".
    Report(QString bench, bool asJson);

    /// Prints at once, so that a long run shows how far it is.
    void add(const Row& row);

private:
    QString m_bench;
    bool m_asJson;
};

/// CPU time of all threads that \a work takes, in milliseconds.
double cpuOf(const std::function<void()>& work);

/// \a values must not be empty.
double median(std::vector<double> values);

/// Runs both in turn, \a rounds times, so that what disturbs the machine disturbs both alike.
/// CPU time of all threads, in milliseconds.
Row compareCpu(const QString& name, const std::function<void()>& measured, const QString& against,
               const std::function<void()>& other, int rounds);

/// A row of what was measured in turn already, value by value. Both have equally many.
Row compared(const QString& name, const std::vector<double>& values, const QString& unit,
             const QString& against, const std::vector<double>& others);

} // namespace vitrine::bench
