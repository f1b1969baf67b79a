// SPDX-License-Identifier: GPL-3.0-or-later
// The real `vitrinectl serve` under load: listings and previews with few images and with many, next
// to nginx serving the same previews; downloads; uploads next to what their work costs by hand.
// What is compared runs in turn, round by round. Parts that are named on the command line
// ("listings", "previews", "downloads", "uploads") run alone.
#include "tests/benchmarks/httpload.h"
#include "tests/benchmarks/nginx.h"
#include "tests/benchmarks/population.h"
#include "tests/benchmarks/report.h"
#include "tests/benchmarks/uploadload.h"
#include "tests/support/httpclient.h"

#include <QCoreApplication>
#include <QDir>

#include <array>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kFew = 100;
constexpr int kMany = 1'000'000;
constexpr int kRounds = 5;
constexpr int kSeconds = 2; // of load in each round
constexpr std::array kConnections{1, 8, 64};

/// Values of several rounds.
struct Series {
    std::vector<double> rates, p50, p99, cpu;

    void add(const bench::LoadResult& result)
    {
        rates.push_back(result.requestsPerSecond);
        p50.push_back(result.p50);
        p99.push_back(result.p99);
        cpu.push_back(result.cpuPerRequest);
    }
};

void compare(bench::Report& report, const QString& name, const Series& ours, const QString& against,
             const Series& theirs)
{
    report.add(bench::compared(name, ours.rates, u"req/s"_s, against, theirs.rates));
    report.add(bench::compared(name, ours.p50, u"ms p50"_s, against, theirs.p50));
    report.add(bench::compared(name, ours.p99, u"ms p99"_s, against, theirs.p99));
    report.add(bench::compared(name, ours.cpu, u"us CPU"_s, against, theirs.cpu));
}

/// Two servers over data directories of their own, of which one has a hundred images and the other
/// a million.
class Benchmark
{
public:
    explicit Benchmark(bool asJson);

    void listings();
    void previews();
    void downloads();
    void memory();

private:
    struct Side {
        const test::ServerProcess& server;
        QList<QByteArray> targets;
    };
    void versus(const QString& what, const Side& many, const Side& few, int connections);
    bench::LoadResult load(const Side& side, int connections);
    QString nginxRoot(const QList<QByteArray>& targets);

    QTemporaryDir m_directory;
    bench::Report m_report;
    bench::HttpLoad m_load;
    test::ServerProcess m_few;
    test::ServerProcess m_many;
};

Benchmark::Benchmark(bool asJson)
    : m_report(u"backend"_s, asJson)
    , m_few(m_directory.filePath(u"few"_s))
    , m_many(m_directory.filePath(u"many"_s))
{
    for (test::ServerProcess* server : {&m_few, &m_many}) {
        server->start();
        bench::sharePhotos(*server, kFew);
    }
    m_many.stop();
    bench::growTo(m_directory.filePath(u"many"_s), kMany);
    m_many.start();
}

bench::LoadResult Benchmark::load(const Side& side, int connections)
{
    return m_load.run(side.server.port(), side.targets, connections, kSeconds,
                      side.server.processId());
}

void Benchmark::versus(const QString& what, const Side& many, const Side& few, int connections)
{
    Series ours;
    Series theirs;
    for (int round = 0; round < kRounds; ++round) {
        ours.add(load(many, connections));
        theirs.add(load(few, connections));
    }
    compare(m_report, u"%1, 1,000,000 images, %2 connections"_s.arg(what).arg(connections), ours,
            u"the same with 100 images"_s, theirs);
}

void Benchmark::listings()
{
    const QByteArray first = "/api/images?limit=100";
    const QByteArray last = first + "&cursor=" + bench::lastPageCursor(kFew);
    for (const int connections : kConnections)
        versus(u"first page of 100"_s, {m_many, {first}}, {m_few, {first}}, connections);
    versus(u"last page of 100"_s, {m_many, {last}}, {m_few, {last}}, 1);
}

/// The same files under the same addresses.
QString Benchmark::nginxRoot(const QList<QByteArray>& targets)
{
    QString root = m_directory.filePath(u"nginx"_s);
    for (const QByteArray& target : targets) {
        const QString path = root + QString::fromLatin1(target.left(target.indexOf('?')));
        QDir().mkpath(QFileInfo(path).absolutePath());
        test::HttpClient client(m_many.port());
        bench::write(path, client.ask("GET", target).body);
    }
    return root;
}

void Benchmark::previews()
{
    const QList<QByteArray> targets = bench::previewsOf(m_many, kFew);
    const QList<QByteArray> fewTargets = bench::previewsOf(m_few, kFew);
    const bench::Nginx nginx(nginxRoot(targets));
    for (const int connections : kConnections) {
        Series ours;
        Series theirs;
        Series few;
        for (int round = 0; round < kRounds; ++round) {
            ours.add(load({m_many, targets}, connections));
            theirs.add(m_load.run(nginx.port(), targets, connections, kSeconds, nginx.processId()));
            few.add(load({m_few, fewTargets}, connections));
        }
        const QString name = u"preview, %1 images, %2 connections"_s;
        const QString nginxName = u"nginx, one worker"_s;
        compare(m_report, name.arg(u"1,000,000"_s).arg(connections), ours, nginxName, theirs);
        compare(m_report, name.arg(u"100"_s).arg(connections), few, nginxName, theirs);
    }
}

void Benchmark::downloads()
{
    const auto targets = [](const test::ServerProcess& server) {
        QList<QByteArray> downloads;
        for (const QByteArray& preview : bench::previewsOf(server, kFew))
            downloads.append("/api/download?id=" + preview.split('/').value(3));
        return downloads;
    };
    const Side many{m_many, targets(m_many)};
    const Side few{m_few, targets(m_few)};
    for (const int connections : kConnections)
        versus(u"download, counted"_s, many, few, connections);
}

void Benchmark::memory()
{
    constexpr double mb = 1e6;
    const double few = double(test::useOf(m_few.processId()).residentBytes) / mb;
    const double many = double(test::useOf(m_many.processId()).residentBytes) / mb;
    m_report.add({u"RSS after all that, 1,000,000 images"_s, many, u"MB"_s,
                  u"the same with 100 images"_s, many / few});
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QStringList parts = application.arguments().mid(1);
    const bool asJson = parts.removeAll(u"--json"_s) > 0;
    const auto isWanted = [&](const QString& part) {
        return parts.isEmpty() || parts.contains(part);
    };
    if (parts != QStringList(u"uploads"_s)) {
        Benchmark benchmark(asJson);
        if (isWanted(u"listings"_s))
            benchmark.listings();
        if (isWanted(u"previews"_s))
            benchmark.previews();
        if (isWanted(u"downloads"_s))
            benchmark.downloads();
        benchmark.memory();
    }
    if (isWanted(u"uploads"_s)) {
        bench::Report report(u"backend"_s, asJson);
        bench::measureUploads(report);
    }
    return EXIT_SUCCESS;
}
