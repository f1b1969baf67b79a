// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/race.h"

#include <algorithm>

namespace vitrine::bench {

void Race::run(const QList<qsizetype>& photos, int rounds)
{
    for (Contender& contender : m_contenders)
        contender.run(photos.first()); // warms up caches, tables and pools
    for (int round = 0; round < rounds; ++round) {
        for (const qsizetype photo : photos) {
            for (Contender& contender : m_contenders)
                contender.times.push_back(cpuOf([&] { contender.run(photo); }));
        }
    }
}

const std::vector<double>& Race::times(const QString& name) const
{
    return std::find_if(m_contenders.begin(), m_contenders.end(),
                        [&](const Contender& contender) { return contender.name == name; })
        ->times;
}

Row Race::row(const QString& name, const QString& against) const
{
    const std::vector<double>& ours = times(name);
    const std::vector<double>& theirs = times(against);
    std::vector<double> ratios;
    for (size_t i = 0; i < ours.size(); ++i)
        ratios.push_back(ours[i] / std::max(theirs[i], 1e-3));
    return {name, median(ours), QStringLiteral("ms CPU"), against, median(std::move(ratios))};
}

} // namespace vitrine::bench
