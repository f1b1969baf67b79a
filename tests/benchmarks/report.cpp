// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/report.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace vitrine::bench {

namespace {

double milliseconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

double cpuSpent()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
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
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Report::Report(QString bench, bool asJson) : m_bench(std::move(bench)), m_asJson(asJson)
{}

void Report::add(const Row& row)
{
    std::fprintf(stderr, "%-44s %9.2f %-8s %6.2f x %s\n", qUtf8Printable(row.name), row.value,
                 qUtf8Printable(row.unit), row.ratio, qUtf8Printable(row.against));
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
    std::vector<double> times;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const double ours = cpuOf(measured);
        const double theirs = cpuOf(other);
        times.push_back(ours);
        ratios.push_back(ours / std::max(theirs, 1e-3));
    }
    return {name, median(std::move(times)), u"ms CPU"_s, against, median(std::move(ratios))};
}

} // namespace vitrine::bench
