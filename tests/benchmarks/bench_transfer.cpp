// SPDX-License-Identifier: GPL-3.0-or-later
// What a great many dropped files cost the thread of the window, and the memory.
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/stagingmodel.h"
#include "tests/benchmarks/child.h"
#include "tests/benchmarks/report.h"
#include "tests/support/pictures.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace vitrine;
using transfer::StagingModel;

namespace {

constexpr int kFiles = 20'000;
constexpr int kDifferent = 50;
constexpr int kRowsOnScreen = 6;
constexpr double kBearableBlock = 50;   // ms
constexpr double kBearableMemory = 150; // MB

double now(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// The longest that this thread computed without going back to its event loop's sleep. CPU time:
/// what else the machine does is not ours.
class BlockWatch
{
public:
    BlockWatch()
    {
        auto* dispatcher = QThread::currentThread()->eventDispatcher();
        QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, dispatcher,
                         [this] { m_since = now(CLOCK_THREAD_CPUTIME_ID); });
        QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [this] {
            if (m_since > 0)
                m_longest = std::max(m_longest, now(CLOCK_THREAD_CPUTIME_ID) - m_since);
        });
    }
    double longest() const { return m_longest; }

private:
    double m_since = 0;
    double m_longest = 0;
};

QStringList droppedFiles(const QString& directory)
{
    QStringList originals, files;
    for (int i = 0; i < kDifferent; ++i)
        originals += test::writeTo(directory, u"original-%1"_s.arg(i),
                                   test::jpeg(test::picture({240, 160}, i)));
    for (int i = 0; i < kFiles; ++i) {
        files += directory + u"/picture-%1.jpg"_s.arg(i, 5, 10, '0'_L1);
        if (!QFile::link(originals[i % kDifferent], files.last()))
            std::exit(EXIT_FAILURE);
    }
    return files;
}

bool isDone(const StagingModel& model)
{
    // Rows are looked at in order: the last is known last.
    return model.rowCount() == kFiles &&
           !model.index(kFiles - 1).data(StagingModel::IsLoadingRole).toBool();
}

bench::Row row(const QString& name, double value, const QString& unit, double limit)
{
    return {name, value, unit, u"%1 %2"_s.arg(limit).arg(unit), value / limit};
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    bench::Report report(u"transfer"_s, application.arguments().contains("--json"_L1));
    const QTemporaryDir directory;
    const QStringList files = droppedFiles(directory.path());
    const imaging::InProcessPictureReader pictures;
    StagingModel model(directory.path(), pictures);
    model.setVisible(0, kRowsOnScreen);
    const double before = bench::residentMemory("VmRSS");
    const double start = now(CLOCK_MONOTONIC);
    const BlockWatch watch;

    QObject::connect(&model, &StagingModel::summaryChanged, &application, [&] {
        if (isDone(model))
            application.quit();
    });
    model.addPaths(files);
    application.exec();
    const double each = (now(CLOCK_MONOTONIC) - start) / kFiles;

    const QString what = u", 20,000 files dropped"_s;
    report.add(row(u"longest block of the event loop"_s + what, watch.longest(), u"ms CPU"_s,
                   kBearableBlock));
    report.add(
        row(u"peak memory"_s + what, bench::residentMemory("VmHWM") - before, u"MB"_s, kBearableMemory));
    report.add(row(u"look at a file of 240×160"_s, each, u"ms"_s, kBearableBlock));
    return EXIT_SUCCESS;
}
