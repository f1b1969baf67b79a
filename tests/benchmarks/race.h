// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/photos.h"
#include "tests/benchmarks/report.h"

#include <functional>
#include <vector>

namespace vitrine::bench {

/// Several ways to do one thing, each run on every photo in turn, so that what disturbs the machine
/// disturbs all alike.
class Race
{
public:
    using Run = std::function<void(qsizetype photo)>;

    void enter(const QString& name, Run run) { m_contenders.push_back({name, std::move(run), {}}); }

    /// Runs them all \a rounds times over the photos numbered \a photos, after a warm-up.
    void run(const QList<qsizetype>& photos, int rounds);

    /// CPU time of one against another: medians over all photos and rounds, the ratio's pair by
    /// pair.
    Row row(const QString& name, const QString& against) const;

private:
    struct Contender {
        QString name;
        Run run;
        std::vector<double> times; ///< CPU ms of all threads
    };
    const std::vector<double>& times(const QString& name) const;

    std::vector<Contender> m_contenders;
};

} // namespace vitrine::bench
