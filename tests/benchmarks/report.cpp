// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/report.h"

#include "tests/benchmarks/child.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace vitrine::bench {

namespace {

double cpuSpent()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return cpuIn(usage);
}

} // namespace

double cpuOf(const std::function<void()>& work)
{
    const double before = cpuSpent();
    work();
    return cpuSpent() - before;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const size_t middle = values.size() / 2;
    return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Report::Report(QString bench, bool asJson) : m_bench(std::move(bench)), m_asJson(asJson)
{}

void Report::add(const Row& row)
{
    std::fprintf(stderr, "%-52s %10.2f %-8s", qUtf8Printable(row.name), row.value,
                 qUtf8Printable(row.unit));
    if (!row.against.isEmpty())
        std::fprintf(stderr, " %6.2f x %s", row.ratio, qUtf8Printable(row.against));
    std::fputc('\n', stderr);
    if (!m_asJson)
        return;
    const QJsonObject object{{u"bench"_s, m_bench},       {u"case"_s, row.name},
                             {u"value"_s, row.value},     {u"unit"_s, row.unit},
                             {u"against"_s, row.against}, {u"ratio"_s, row.ratio}};
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

Row compareCpu(const QString& name, const std::function<void()>& measured, const QString& against,
               const std::function<void()>& other, int rounds)
{
    measured(); // warms up caches, tables and pools
    other();
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(cpuOf(measured));
        theirs.push_back(cpuOf(other));
    }
    return compared(name, ours, u"ms CPU"_s, against, theirs);
}

Row compared(const QString& name, const std::vector<double>& values, const QString& unit,
             const QString& against, const std::vector<double>& others)
{
    std::vector<double> ratios;
    for (size_t i = 0; i < values.size(); ++i)
        ratios.push_back(values[i] / std::max(others[i], 1e-3));
    return {name, median(values), unit, against, median(std::move(ratios))};
}

} // namespace vitrine::bench
