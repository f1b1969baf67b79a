// SPDX-License-Identifier: GPL-3.0-or-later
// The imaging pipeline held against libjpeg-turbo's bare decode at 1/8, libvips, Qt and OpenCV, on
// photographs, in one interleaved run.
#include "app/base/file.h"
#include "app/base/mappedfile.h"
#include "app/imaging/pipeline/makevariants.h"
#include "tests/benchmarks/child.h"
#include "tests/benchmarks/contenders.h"
#include "tests/benchmarks/race.h"
#include "tests/benchmarks/similarity.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <thread>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::bench;
using imaging::Scaling;

namespace {

constexpr int kRounds = 3;
constexpr int kThreadRounds = 7;
constexpr int kStarts = 31;
constexpr qint64 kAnySize = 1'000'000'000;

const QString kBare = u"libjpeg-turbo, bare decode at 1/8"_s;
const QString kSpeed = u"preview, speed"_s;
const QString kQuality = u"preview, quality"_s;
const QString kVips = u"preview, libvips"_s;
const QString kQt = u"preview, Qt"_s;
const QString kImread = u"preview, imread"_s;
const QString kThree = u"all three variants"_s;
const QString kVipsThree = u"all three, libvips, one decode"_s;
const QString kImreadThree = u"all three, imread three times"_s;

/// The corpus, mapped into memory.
struct Corpus {
    QList<Photo> photos;
    std::vector<MappedFile> files;

    QByteArrayView bytes(qsizetype photo) const { return files.at(size_t(photo)).bytes(); }
    QList<qsizetype> all(bool isProgressive) const
    {
        QList<qsizetype> found;
        for (qsizetype i = 0; i < photos.size(); ++i) {
            if (photos.at(i).isProgressive == isProgressive)
                found.append(i);
        }
        return found;
    }
};

Result<MappedFile> mapped(const QString& path)
{
    return openFile(path, kAnySize).and_then([](const std::unique_ptr<QFile>& file) {
        return MappedFile::map(file->handle(), file->size());
    });
}

Corpus corpus()
{
    Corpus corpus{photos(), {}};
    for (const Photo& photo : std::as_const(corpus.photos)) {
        auto file = mapped(photo.path);
        if (!file)
            qFatal("%s cannot be read", qUtf8Printable(photo.path));
        corpus.files.push_back(*std::move(file));
    }
    return corpus;
}

void racePreviews(const Corpus& corpus, Report& report)
{
    Race race;
    race.enter(kBare, [&](qsizetype i) { bareDecode(corpus.bytes(i)); });
    race.enter(kSpeed, [&](qsizetype i) { ourPreview(corpus.bytes(i), Scaling::Speed); });
    race.enter(kQuality, [&](qsizetype i) { ourPreview(corpus.bytes(i), Scaling::Quality); });
    race.enter(kVips, [&](qsizetype i) { vipsPreview(corpus.bytes(i)); });
    race.enter(kQt, [&](qsizetype i) { qtPreview(corpus.bytes(i)); });
    race.enter(kImread, [&](qsizetype i) { imreadPreview(corpus.photos.at(i).path); });
    race.run(corpus.all(false), kRounds);
    for (const QString& name : {kSpeed, kQuality, kVips, kQt, kImread})
        report.add(race.row(name, kBare));
    report.add(race.row(kVips, kSpeed));
}

void raceProgressive(const Corpus& corpus, Report& report)
{
    const QString bare = kBare + u", progressive"_s, speed = kSpeed + u", progressive"_s;
    Race race;
    race.enter(bare, [&](qsizetype i) { bareDecode(corpus.bytes(i)); });
    race.enter(speed, [&](qsizetype i) { ourPreview(corpus.bytes(i), Scaling::Speed); });
    race.run(corpus.all(true), kRounds);
    report.add(race.row(speed, bare));
}

void raceThree(const Corpus& corpus, Report& report)
{
    Race race;
    race.enter(kThree, [&](qsizetype i) { ourThree(corpus.bytes(i)); });
    race.enter(kVipsThree, [&](qsizetype i) { vipsThree(corpus.bytes(i)); });
    race.enter(kImreadThree, [&](qsizetype i) { imreadThree(corpus.photos.at(i).path); });
    race.run(corpus.all(false) + corpus.all(true), kRounds);
    report.add(race.row(kThree, kVipsThree));
    report.add(race.row(kThree, kImreadThree));
}

void addSimilarities(const Corpus& corpus, Report& report)
{
    Similarity mean;
    for (qsizetype i = 0; i < corpus.photos.size(); ++i) {
        const QByteArrayView jpeg = corpus.bytes(i);
        const Reference truth(jpeg);
        mean.add(kSpeed, truth, ourPreview(jpeg, Scaling::Speed));
        mean.add(kQuality, truth, ourPreview(jpeg, Scaling::Quality));
        mean.add(kVips, truth, vipsPreview(jpeg));
        mean.add(kQt, truth, qtPreview(jpeg));
        mean.add(kImread, truth, imreadPreview(corpus.photos.at(i).path));
        const QSize size = QImage::fromData(ourPreview(jpeg, Scaling::Speed)).size();
        mean.add(u"preview, the most that JPEG allows"_s, truth,
                 imaging::encodeJpeg(truth.at(size)));
        mean.addThree(u"ours"_s, truth, ourThree(jpeg));
        mean.addThree(u"libvips"_s, truth, vipsThree(jpeg));
    }
    for (const Row& row : mean.rows())
        report.add(row);
}

void raceBlur(const Corpus& corpus, Report& report)
{
    const QImage preview = QImage::fromData(ourPreview(corpus.bytes(0), Scaling::Quality))
                               .convertToFormat(QImage::Format_RGB32);
    report.add(compareCpu(
        u"blur of a preview"_s, [&] { imaging::blurred(preview); }, u"a Gaussian at full size"_s,
        [&] { gaussian(preview); }, kStarts));
}

/// Pictures a second, everything read from memory.
double throughput(const Corpus& corpus, unsigned threads)
{
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        for (size_t i = next++; i < corpus.files.size(); i = next++)
            ourPreview(corpus.files[i].bytes(), Scaling::Speed);
    };
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::jthread> pool;
    for (unsigned thread = 0; thread < threads; ++thread)
        pool.emplace_back(work);
    pool.clear();
    const std::chrono::duration<double> lasted = std::chrono::steady_clock::now() - start;
    return double(corpus.files.size()) / lasted.count();
}

void raceThreads(const Corpus& corpus, Report& report)
{
    std::vector<double> rates, ratios;
    for (int round = 0; round < kThreadRounds; ++round) {
        const double one = throughput(corpus, 1), two = throughput(corpus, 2);
        rates.push_back(two);
        ratios.push_back(two / one);
    }
    report.add({kSpeed + u", two threads"_s, median(rates), u"a second"_s, u"one thread"_s,
                median(ratios)});
}

/// What a contender needs above the program that does nothing: both link the same libraries.
void addPeaks(const Corpus& corpus, Report& report)
{
    const auto largest = std::max_element(corpus.files.begin(), corpus.files.end(),
                                          [](const MappedFile& a, const MappedFile& b) {
                                              return a.bytes().size() < b.bytes().size();
                                          });
    const QString path = corpus.photos.at(largest - corpus.files.begin()).path;
    const QString self = QCoreApplication::applicationFilePath();
    const auto peak = [&](const QString& what) {
        return numberOfChild(self, {u"--once"_s, what, path});
    };
    const double nothing = peak(u"nothing"_s);
    const double imread = peak(kImreadThree) - nothing;
    for (const QString& name : {kSpeed, kThree, kVipsThree}) {
        const double own = peak(name) - nothing;
        report.add({u"memory, "_s + name, own, u"MB peak"_s, kImreadThree, own / imread});
    }
}

void addStartUp(const QString& name, const QString& program, Report& report)
{
    const QString folder = QCoreApplication::applicationDirPath() + u'/';
    std::vector<double> more, ratios;
    for (int i = 0; i < kStarts; ++i) {
        const double with = cpuOfChild(folder + program, {});
        const double without = cpuOfChild(folder + u"start_bare"_s, {});
        more.push_back(with - without);
        ratios.push_back(with / without);
    }
    report.add({name, median(more), u"ms more"_s, u"start-up without"_s, median(ratios)});
}

/// What addPeaks() runs in a process of its own.
int runOnce(const QString& what, const QString& path)
{
    const auto file = mapped(path);
    if (!file)
        return EXIT_FAILURE;
    if (what == kSpeed)
        ourPreview(file->bytes(), Scaling::Speed);
    else if (what == kThree)
        ourThree(file->bytes());
    else if (what == kVipsThree)
        vipsThree(file->bytes());
    else if (what == kImreadThree)
        imreadThree(path);
    // Its own word: what wait4() tells of a child includes what its parent had before the exec.
    std::printf("%f\n", residentMemory("VmHWM"));
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    setUpContenders(argv[0]);
    if (arguments.size() == 4 && arguments.at(1) == "--once"_L1)
        return runOnce(arguments.at(2), arguments.at(3));
    const Corpus photos = corpus();
    if (photos.files.empty()) {
        std::fputs("The photographs are missing: packaging/dev bench installs them.\n", stderr);
        return EXIT_FAILURE;
    }
    Report report(u"imaging"_s, arguments.contains("--json"_L1));
    racePreviews(photos, report);
    raceProgressive(photos, report);
    raceThree(photos, report);
    raceBlur(photos, report);
    addSimilarities(photos, report);
    raceThreads(photos, report);
    addPeaks(photos, report);
    addStartUp(u"start-up of a program that reads pictures"_s, u"start_imaging"_s, report);
    addStartUp(u"start-up of its worker, before it warms up"_s, u"start_pipeline"_s, report);
    return EXIT_SUCCESS;
}
