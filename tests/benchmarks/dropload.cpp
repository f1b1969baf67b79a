// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/dropload.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/downloads.h"
#include "app/transfer/outbox.h"
#include "app/transfer/stagingmodel.h"
#include "app/transfer/transfermodel.h"
#include "tests/benchmarks/blockwatch.h"
#include "tests/benchmarks/child.h"
#include "tests/support/pictures.h"

#include <QCoreApplication>
#include <QFile>
#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <cstdlib>
#include <ctime>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

using transfer::Outbox;
using transfer::StagingModel;

constexpr int kFiles = 20'000;
constexpr int kDifferent = 50;
constexpr int kRowsOnScreen = 6;
constexpr double kBearableBlock = 50;   // ms
constexpr double kBearableMemory = 150; // MB

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

Row row(const QString& name, double value, const QString& unit, double limit)
{
    return {name, value, unit, u"%1 %2"_s.arg(limit).arg(unit), value / limit};
}

/// How far memory rises above what is there when this is made.
class MemoryWatch
{
public:
    MemoryWatch()
    {
        QFile peak(u"/proc/self/clear_refs"_s); // proc(5): 5 forgets the peak so far
        if (!peak.open(QIODevice::WriteOnly) || peak.write("5") != 1)
            qFatal("the peak of memory cannot be reset");
    }
    double growth() const { return residentMemory("VmHWM") - m_before; } ///< MB

private:
    const double m_before = residentMemory("VmRSS");
};

void measureStaging(Report& report, const QString& directory, const QStringList& files)
{
    const imaging::InProcessPictureReader pictures;
    StagingModel model(directory, pictures);
    model.setVisible(0, kRowsOnScreen);
    const MemoryWatch memory;
    const double start = now(CLOCK_MONOTONIC);
    const BlockWatch watch;
    QObject scope;
    QObject::connect(&model, &StagingModel::summaryChanged, &scope, [&] {
        if (isDone(model))
            QCoreApplication::quit();
    });
    model.addPaths(files);
    QCoreApplication::exec();
    const double each = (now(CLOCK_MONOTONIC) - start) / kFiles;

    const QString what = u", 20,000 files dropped"_s;
    report.add(row(u"longest block of the event loop"_s + what, watch.longest(), u"ms CPU"_s,
                   kBearableBlock));
    report.add(row(u"growth of memory"_s + what, memory.growth(), u"MB"_s, kBearableMemory));
    report.add(row(u"look at a file of 240×160"_s, each, u"ms"_s, kBearableBlock));
}

/// From the drop until the last row is written and listed, and an act on it done; and then while
/// some of them are prepared.
void measureQueue(Report& report, const QStringList& files)
{
    const QTemporaryDir directory;
    const SystemClock clock;
    const imaging::InProcessPictureReader pictures;
    QNetworkAccessManager network;
    api::ApiClient client(network);
    const auto nothing = [](const QByteArray&) { return readyFuture(Result<QString>()); };
    Outbox outbox(directory.path(), client, pictures, clock, nothing);
    const transfer::Downloads downloads(directory.path(), client, pictures, clock);
    const transfer::TransferModel model(outbox, downloads);
    QList<transfer::UploadOrder> orders;
    for (const QString& file : files)
        orders.append({.source = file});

    QObject scope;
    whenDone(&scope, outbox.load(), [&](const Result<void>&) { QCoreApplication::quit(); });
    QCoreApplication::exec();
    const MemoryWatch memory;
    const BlockWatch watch;
    const double start = now(CLOCK_MONOTONIC);
    double usable = 0;
    int prepared = 0;
    QObject::connect(&outbox, &Outbox::changed, &scope, [&](const QString& key) {
        prepared += outbox.find(key)->state == transfer::State::Ready;
        if (outbox.find(key)->state == transfer::State::Cancelled)
            usable = now(CLOCK_MONOTONIC) - start;
        if (usable > 0 && prepared > 10)
            QCoreApplication::quit();
    });
    whenDone(&scope, outbox.share(orders), [&](const Result<QStringList>& keys) {
        if (model.rowCount() != kFiles)
            qFatal("not all are listed");
        outbox.cancel(keys->last());
    });
    QCoreApplication::exec();

    const QString what = u", 20,000 files in the outbox"_s;
    report.add(row(u"longest block of the event loop"_s + what, watch.longest(), u"ms CPU"_s,
                   kBearableBlock));
    report.add(row(u"growth of memory"_s + what, memory.growth(), u"MB"_s, kBearableMemory));
    report.add({u"until the last of them can be taken back"_s, usable, u"ms"_s, {}, 0});
}

} // namespace

void measureDrop(Report& report)
{
    const QTemporaryDir directory;
    const QStringList files = droppedFiles(directory.path());
    measureStaging(report, directory.path(), files);
    measureQueue(report, files);
}

} // namespace vitrine::bench
