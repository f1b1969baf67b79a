// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to read pictures in a process of their own: the same orders once in the sandbox and
// once without, file by file in turn, summed over the photographs. Processor time is that of this
// process and of its workers.
#include "app/base/file.h"
#include "app/decoding/sandboxedpicturereader.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/benchmarks/photos.h"
#include "tests/benchmarks/report.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace vitrine;
using imaging::PictureReader;
using imaging::ReadOrder;

namespace {

constexpr int kRounds = 7;

struct OpenPhoto {
    std::unique_ptr<QFile> file;
    QByteArray bytes;
};

/// Milliseconds.
struct Cost {
    double cpu = 0;
    double wall = 0;
};

struct Case {
    QString name;
    ReadOrder order;
    bool fromFile = false; ///< else from memory
};

QList<Case> cases()
{
    const imaging::Wanted preview{.preview = true};
    const imaging::Wanted allThree{.preview = true, .blurred = true, .highres = true};
    return {{u"preview, of a file"_s, {.variants = preview}, true},
            {u"preview, blurred, highres as JPEG, of a file"_s,
             {.variants = allThree, .encodesVariants = true},
             true},
            {u"preview and a stripped copy, of bytes"_s, {.variants = preview, .strips = true}},
            {u"fit into 2000 pixels, of bytes"_s, {.fitSide = imaging::kHighresSide}}};
}

std::vector<OpenPhoto> opened(const QList<bench::Photo>& photos)
{
    constexpr imaging::Limits limits;
    std::vector<OpenPhoto> found;
    for (const bench::Photo& photo : photos) {
        auto file = openFile(photo.path, limits.bytes);
        auto bytes = readFile(photo.path, limits.bytes);
        if (file && bytes)
            found.push_back({*std::move(file), *std::move(bytes)});
    }
    return found;
}

double millisecondsOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Of all threads of this process and of all its children.
double cpuSpent()
{
    double sum = millisecondsOf(CLOCK_PROCESS_CPUTIME_ID);
    QDirIterator threads(u"/proc/self/task"_s, QDir::Dirs | QDir::NoDotAndDotDot);
    while (threads.hasNext()) {
        QFile list(threads.next() + u"/children"_s);
        if (!list.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& child : list.readAll().split(' ')) {
            clockid_t clock{};
            if (child.toInt() > 0 && clock_getcpuclockid(child.toInt(), &clock) == 0)
                sum += millisecondsOf(clock);
        }
    }
    return sum;
}

Cost costOf(const PictureReader& reader, const OpenPhoto& photo, const Case& what)
{
    const double cpu = cpuSpent();
    const double wall = millisecondsOf(CLOCK_MONOTONIC);
    const imaging::OpenFile file{photo.file->handle(), photo.file->size()};
    const auto found = what.fromFile ? reader.read(file, what.order)
                                     : reader.read(QByteArrayView(photo.bytes), what.order);
    const double wallAfter = millisecondsOf(CLOCK_MONOTONIC);
    if (!found) {
        std::fprintf(stderr, "A photograph could not be read: %s\n",
                     qUtf8Printable(found.error().detail));
        std::exit(EXIT_FAILURE);
    }
    return {cpuSpent() - cpu, wallAfter - wall};
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// What one photograph costs with one reader, round by round.
struct Samples {
    std::vector<double> cpu;
    std::vector<double> wall;
    void add(const Cost& cost)
    {
        cpu.push_back(cost.cpu);
        wall.push_back(cost.wall);
    }
    Cost middle() const { return {median(cpu), median(wall)}; }
};

class Comparison
{
public:
    Comparison(const PictureReader& sandboxed, const PictureReader& inProcess)
        : m_sandboxed(sandboxed), m_inProcess(inProcess)
    {}

    void measure(const OpenPhoto& photo, const Case& what)
    {
        Samples with;
        Samples without;
        for (int round = -1; round < kRounds; ++round) {
            const bool isSandboxFirst = round % 2 == 0;
            const Cost first = costOf(isSandboxFirst ? m_sandboxed : m_inProcess, photo, what);
            const Cost second = costOf(isSandboxFirst ? m_inProcess : m_sandboxed, photo, what);
            if (round < 0)
                continue; // warms up caches and workers
            with.add(isSandboxFirst ? first : second);
            without.add(isSandboxFirst ? second : first);
        }
        add(m_with, with.middle());
        add(m_without, without.middle());
    }
    Comparison& operator+=(const Comparison& other)
    {
        add(m_with, other.m_with);
        add(m_without, other.m_without);
        return *this;
    }

    void report(bench::Report& report, const QString& name) const
    {
        const QString against = u"in process"_s;
        report.add(
            {name + u", CPU"_s, m_with.cpu, u"ms CPU"_s, against, m_with.cpu / m_without.cpu});
        report.add(
            {name + u", wall"_s, m_with.wall, u"ms"_s, against, m_with.wall / m_without.wall});
    }

private:
    static void add(Cost& sum, const Cost& cost)
    {
        sum.cpu += cost.cpu;
        sum.wall += cost.wall;
    }

    const PictureReader& m_sandboxed;
    const PictureReader& m_inProcess;
    Cost m_with;
    Cost m_without;
};

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    bench::Report report(u"decoding"_s, application.arguments().contains("--json"_L1));
    const auto corpus = opened(bench::photos());
    if (corpus.empty()) {
        std::fputs("The photographs are missing: packaging/dev bench installs them.\n", stderr);
        return EXIT_FAILURE;
    }
    const decoding::SandboxedPictureReader sandboxed(
        {.program = QStringLiteral(VITRINE_BIN_DIR "/vitrine-decode")}, 1);
    const imaging::InProcessPictureReader inProcess;
    Comparison all(sandboxed, inProcess);
    for (const Case& what : cases()) {
        Comparison one(sandboxed, inProcess);
        for (const OpenPhoto& photo : corpus)
            one.measure(photo, what);
        one.report(report, what.name);
        all += one;
    }
    all.report(report, u"all of these"_s);
    return EXIT_SUCCESS;
}
