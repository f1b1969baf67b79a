// SPDX-License-Identifier: GPL-3.0-or-later
// A gallery of a great many images: how soon its rows are there, at the start of the program and
// when an account is listed for the first time, and what that costs.
#include "app/base/paths.h"
#include "app/base/whendone.h"
#include "app/gallery/gallery.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/accountlist.h"
#include "tests/benchmarks/blockwatch.h"
#include "tests/benchmarks/child.h"
#include "tests/benchmarks/population.h"
#include "tests/benchmarks/report.h"
#include "tests/support/serverprocess.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kImages = 100'000;
constexpr int kStarts = 9;
constexpr double kBearableWait = 150; // ms
constexpr double kBearableCpu = 250;  // ms
constexpr double kBearableBlock = 50; // ms

bench::Row row(const QString& name, double value, const QString& unit, double limit)
{
    return {name, value, unit, u"%1 %2"_s.arg(limit).arg(unit), value / limit};
}

bench::Row row(const QString& name, double value, const QString& unit)
{
    return {name, value, unit, {}, 0};
}

api::ApiClient& signedIn(api::ApiClient& client, const test::ServerProcess& server)
{
    client.setServer(server.url(), access::ServiceToken{server.clientId(),
                                                        access::Secret(server.clientSecret())});
    return client;
}

/// A listing that is read until its future says so.
void await(const QFuture<Result<void>>& done)
{
    QObject context;
    whenDone(&context, done, [](const Result<void>& outcome) {
        if (!outcome)
            qFatal("the listing could not be read: %s", qPrintable(outcome.error().detail));
        QCoreApplication::quit();
    });
    QCoreApplication::exec();
}

void firstListing(bench::Report& report, const test::ServerProcess& server,
                  const QString& cacheDirectory)
{
    const SystemClock clock;
    const imaging::InProcessPictureReader pictures;
    QNetworkAccessManager network;
    api::ApiClient client(network, {}, api::RetryPolicy::forReading());
    gallery::Gallery gallery(signedIn(client, server), pictures, clock, cacheDirectory);
    await(whenDone(&client, client.greet(), [](const Result<api::Greeting>& greeted) {
        return greeted ? Result<void>() : failure(greeted.error());
    }));
    await(gallery.load());
    const double memoryBefore = bench::residentMemory("VmRSS");
    const double start = bench::now(CLOCK_MONOTONIC);
    const double cpuBefore = bench::now(CLOCK_PROCESS_CPUTIME_ID);
    double first = 0;
    const auto notice = [&] {
        if (first == 0)
            first = bench::now(CLOCK_MONOTONIC) - start;
    };
    QObject::connect(&gallery.model(), &QAbstractItemModel::rowsInserted, &gallery, notice);
    QObject::connect(&gallery.model(), &QAbstractItemModel::modelReset, &gallery, notice);
    const bench::BlockWatch watch;
    await(gallery.refresh());
    const QString what = u", first listing of 100,000 images"_s;
    report.add(row(u"first rows"_s + what, first, u"ms"_s, kBearableWait));
    report.add(row(u"all rows"_s + what, bench::now(CLOCK_MONOTONIC) - start, u"ms"_s));
    report.add(
        row(u"processor"_s + what, bench::now(CLOCK_PROCESS_CPUTIME_ID) - cpuBefore, u"ms CPU"_s));
    report.add(row(u"longest block of the event loop"_s + what, watch.longest(), u"ms CPU"_s,
                   kBearableBlock));
    report.add(
        row(u"peak memory"_s + what, bench::residentMemory("VmHWM") - memoryBefore, u"MB"_s));

    const double cpuAgain = bench::now(CLOCK_PROCESS_CPUTIME_ID);
    const double again = bench::now(CLOCK_MONOTONIC);
    await(gallery.refresh());
    report.add(
        row(u"listing again, nothing changed"_s, bench::now(CLOCK_MONOTONIC) - again, u"ms"_s));
    report.add(row(u"processor, listing again, nothing changed"_s,
                   bench::now(CLOCK_PROCESS_CPUTIME_ID) - cpuAgain, u"ms CPU"_s));
}

/// An account whose images are in the cache, and whose server is nowhere.
session::Account offlineAccount(const Paths& paths)
{
    const auto added =
        session::AccountList(paths.accounts()).add(u"far"_s, QUrl(u"http://127.0.0.1:1"_s));
    if (!added)
        qFatal("no account: %s", qPrintable(added.error().detail));
    return *added;
}

void starts(bench::Report& report, const QString& program, const QStringList& arguments,
            const QProcessEnvironment& environment)
{
    std::vector<double> waits, cpus, allWaits, allCpus, blocks;
    for (int i = 0; i < kStarts; ++i) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(program, arguments);
        const bool hasEnded = process.waitForFinished();
        const QList<QByteArray> figures = process.readAllStandardOutput().trimmed().split(' ');
        if (!hasEnded || figures.size() != 5)
            qFatal("%s failed", qPrintable(program));
        waits.push_back(figures[0].toDouble());
        cpus.push_back(figures[1].toDouble());
        allWaits.push_back(figures[2].toDouble());
        allCpus.push_back(figures[3].toDouble());
        blocks.push_back(figures[4].toDouble());
    }
    const QString what = u", start with 100,000 cached images, offline"_s;
    report.add(row(u"rows visible"_s + what, bench::median(waits), u"ms"_s, kBearableWait));
    report.add(
        row(u"processor until then"_s + what, bench::median(cpus), u"ms CPU"_s, kBearableCpu));
    report.add(row(u"all rows listed"_s + what, bench::median(allWaits), u"ms"_s));
    report.add(row(u"processor until then, too"_s + what, bench::median(allCpus), u"ms CPU"_s));
    report.add(row(u"longest block of the event loop until then"_s + what, bench::median(blocks),
                   u"ms CPU"_s, kBearableBlock));
}

void goings(bench::Report& report, const QString& program, const QStringList& arguments,
            const QProcessEnvironment& environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    const bool hasEnded = process.waitForFinished();
    const QByteArray figures = process.readAllStandardOutput().simplified();
    if (!hasEnded || figures.count(' ') != 6)
        qFatal("%s failed", qPrintable(program));
    const QString what = u", 1,000 scattered ones of 100,000 images go"_s;
    report.add(row(u"longest block of the event loop"_s + what, figures.split(' ')[5].toDouble(),
                   u"ms CPU"_s, kBearableBlock));
    report.add(row(u"all are gone"_s + what, figures.split(' ')[6].toDouble(), u"ms"_s));
}

} // namespace

int main(int argc, char* argv[])
{
    qputenv("QT_NO_GLIB", "1"); // whose dispatcher does not tell when its sleep ends
    const QCoreApplication application(argc, argv);
    bench::Report report(u"gallery"_s, application.arguments().contains("--json"_L1));
    const QTemporaryDir directory;
    const Paths paths{directory.filePath(u"share/vitrine"_s),
                      directory.filePath(u"cache/vitrine"_s)};
    const session::Account account = offlineAccount(paths);

    const QString served = directory.filePath(u"served"_s);
    test::ServerProcess server(served);
    server.start();
    server.stop();
    bench::growTo(served, kImages);
    server.start();
    firstListing(report, server, paths.accountCache(account.id));
    server.stop();

    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, directory.filePath(u"share"_s));
    environment.insert(u"XDG_CACHE_HOME"_s, directory.filePath(u"cache"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, directory.filePath(u"config"_s));
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    starts(report, QCoreApplication::applicationDirPath() + u"/start_window"_s,
           {account.name, QString::number(kImages)}, environment);
    goings(report, QCoreApplication::applicationDirPath() + u"/start_window"_s,
           {account.name, QString::number(kImages), u"1000"_s}, environment);
    return EXIT_SUCCESS;
}
