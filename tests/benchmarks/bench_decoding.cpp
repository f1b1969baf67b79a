// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to read pictures in processes of their own: the same orders once in the sandbox and
// once without, file by file in turn, summed over the photographs. Processor time is that of this
// process and of all that it starts, and all starts and ends are in it.
#include "app/base/file.h"
#include "app/base/memoryfile.h"
#include "app/decoding/sandboxedpicturereader.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/benchmarks/photos.h"
#include "tests/benchmarks/report.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>

#include <sys/resource.h>

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

constexpr int kRounds = 8; // even: each is first as often as the other

struct OpenPhoto {
    std::unique_ptr<QFile> file;
    MemoryFile held;
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
    imaging::PictureSource (*source)(const OpenPhoto&);
};

imaging::PictureSource file(const OpenPhoto& photo)
{
    return imaging::OpenFile{photo.file->handle(), photo.file->size()};
}

/// As it is prepared for sending.
imaging::PictureSource heldFile(const OpenPhoto& photo)
{
    return imaging::OpenFile{photo.held.number(), photo.held.size()};
}

/// As it comes from the network.
imaging::PictureSource bytes(const OpenPhoto& photo)
{
    return QByteArrayView(photo.bytes);
}

QList<Case> cases()
{
    const imaging::Wanted preview{.preview = true};
    const imaging::Wanted allThree{.preview = true, .blurred = true, .highres = true};
    return {{u"preview, of a file"_s, {.variants = preview}, file},
            {u"preview, blurred, highres as JPEG, of a file"_s,
             {.variants = allThree, .encodesVariants = true},
             file},
            {u"preview and a stripped copy, of a file in memory"_s,
             {.variants = preview, .strips = true},
             heldFile},
            {u"fit into 2000 pixels, of bytes"_s, {.fitSide = imaging::kHighresSide}, bytes}};
}

std::vector<OpenPhoto> opened(const QList<bench::Photo>& photos)
{
    constexpr imaging::Limits limits;
    std::vector<OpenPhoto> found;
    for (const bench::Photo& photo : photos) {
        auto file = openFile(photo.path, limits.bytes);
        auto held = MemoryFile::copyOf(photo.path, limits.bytes);
        auto bytes = readFile(photo.path, limits.bytes);
        if (file && held && bytes)
            found.push_back({*std::move(file), *std::move(held), *std::move(bytes)});
    }
    return found;
}

double millisecondsOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double millisecondsOf(const timeval& time)
{
    return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
}

/// Of all threads of this process and of all its children, dead or alive.
double cpuSpent()
{
    rusage reaped{};
    getrusage(RUSAGE_CHILDREN, &reaped);
    double sum = millisecondsOf(CLOCK_PROCESS_CPUTIME_ID) + millisecondsOf(reaped.ru_utime) +
                 millisecondsOf(reaped.ru_stime);
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
    const auto found = reader.read(what.source(photo), what.order);
    const double wallAfter = millisecondsOf(CLOCK_MONOTONIC);
    if (!found) {
        std::fprintf(stderr, "A photograph could not be read: %s\n",
                     qUtf8Printable(found.error().detail));
        std::exit(EXIT_FAILURE);
    }
    return {cpuSpent() - cpu, wallAfter - wall};
}

class Comparison
{
public:
    Comparison(const PictureReader& sandboxed, const PictureReader& inProcess)
        : m_sandboxed(sandboxed), m_inProcess(inProcess)
    {}

    void measure(const OpenPhoto& photo, const Case& what)
    {
        costOf(m_inProcess, photo, what); // into the caches
        for (int round = 0; round < kRounds; ++round) {
            const bool isSandboxFirst = round % 2 == 0;
            const Cost first = costOf(isSandboxFirst ? m_sandboxed : m_inProcess, photo, what);
            const Cost second = costOf(isSandboxFirst ? m_inProcess : m_sandboxed, photo, what);
            add(m_with, isSandboxFirst ? first : second);
            add(m_without, isSandboxFirst ? second : first);
        }
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
        report.add({name + u", CPU"_s, m_with.cpu / kRounds, u"ms CPU"_s, against,
                    m_with.cpu / m_without.cpu});
        report.add({name + u", wall"_s, m_with.wall / kRounds, u"ms"_s, against,
                    m_with.wall / m_without.wall});
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
    // The pauses here are those in which the other one reads.
    const decoding::SandboxedPictureReader sandboxed(
        {.program = QStringLiteral(VITRINE_BIN_DIR "/vitrine-decode"),
         .idle = std::chrono::hours(1)},
        1);
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
