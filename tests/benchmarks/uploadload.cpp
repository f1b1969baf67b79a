// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/uploadload.h"

#include "app/base/sha256.h"
#include "app/imaging/pipeline/makevariants.h"
#include "tests/backend/fixture.h"
#include "tests/benchmarks/population.h"
#include "tests/support/httpclient.h"
#include "tests/support/pictures.h"

#include <QElapsedTimer>
#include <QThread>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

constexpr qsizetype kPhotoBytes = 5'000'000;
constexpr int kRounds = 8;
constexpr int kPhotosPerRound = 24; // at least; fewer are over in a tenth of a second
constexpr std::array kConnections{1, 4, 8, 64};

/// A photograph of about that size.
QByteArray photoOf(qsizetype bytes)
{
    const QImage photo = originalPhoto();
    int width = 5640;
    QByteArray encoded;
    do {
        encoded = test::jpeg(photo.scaledToWidth(width, Qt::SmoothTransformation), 92);
        width = width * 15 / 16;
    } while (encoded.size() > bytes * 21 / 20);
    return encoded;
}

/// The same picture in other bytes: with a comment that says which one it is.
QByteArray numbered(const QByteArray& jpeg, int number)
{
    const QByteArray text = QByteArray::number(number).rightJustified(12, '0');
    QByteArray copy = jpeg;
    return copy.insert(2, QByteArray("\xff\xfe\0\x0e", 4) + text);
}

/// How many photos each of that many connections sends in one round.
int shareOf(int connections)
{
    return std::max(1, kPhotosPerRound / connections);
}

/// Runs \a work(thread, turn) on that many threads, each shareOf(threads) times.
struct Timing {
    double perSecond = 0;
    std::vector<double> milliseconds; ///< of each
};
Timing timed(int threads, const std::function<void(int, int)>& work)
{
    std::mutex mutex;
    const int each = shareOf(threads);
    Timing timing;
    QElapsedTimer whole;
    whole.start();
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&, thread] {
            for (int turn = 0; turn < each; ++turn) {
                QElapsedTimer timer;
                timer.start();
                work(thread, turn);
                const std::scoped_lock lock(mutex);
                timing.milliseconds.push_back(double(timer.nsecsElapsed()) / 1e6);
            }
        });
    }
    for (std::thread& thread : running)
        thread.join();
    timing.perSecond = threads * each / (double(whole.nsecsElapsed()) / 1e9);
    return timing;
}

std::vector<double> rates(const std::vector<Timing>& timings)
{
    std::vector<double> rates;
    for (const Timing& timing : timings)
        rates.push_back(timing.perSecond);
    return rates;
}

std::vector<double> allTimes(const std::vector<Timing>& timings)
{
    std::vector<double> times;
    for (const Timing& timing : timings)
        times.insert(times.end(), timing.milliseconds.begin(), timing.milliseconds.end());
    return times;
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(share * double(values.size())))];
}

void writeDurably(const QString& path, const QByteArray& bytes)
{
    const int descriptor = ::open(qPrintable(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool isWritten =
        ::write(descriptor, bytes.constData(), size_t(bytes.size())) == bytes.size() &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!isWritten)
        qFatal("%s cannot be written", qPrintable(path));
}

void makeVariants(const QByteArray& bytes)
{
    const auto variants = imaging::makeVariants(bytes, {true, true, true, true}, imaging::Limits{});
    if (!variants)
        qFatal("the benchmark's own picture could not be decoded");
    for (const QImage& image : {variants->preview, variants->blurred, variants->highres})
        imaging::encodeJpeg(image);
}

/// Another process is at it, which tells of its end by its metrics alone; to be asked without a
/// pause would keep it from its work.
void waitForVariants(const test::ServerProcess& server)
{
    test::HttpClient client(server.port(), server.credentials());
    while (!client.ask("GET", "/api/admin/metrics").body.contains("\nvitrine_waiting_files 0\n"))
        QThread::msleep(20);
}

/// Everything that takes part in one comparison of uploads.
class Uploads
{
public:
    explicit Uploads(Report& report);

    void measure(int connections);

private:
    using Contender = std::function<Timing()>;

    std::vector<std::vector<Timing>> race(const std::vector<Contender>& contenders);
    void settle();
    Timing share(const test::ServerProcess& server, int connections);
    Timing byHand(int threads, bool withVariants);

    Report& m_report;
    QTemporaryDir m_directory;
    test::ServerProcess m_server;
    test::ServerProcess m_deferring; ///< answers before it has made the variants
    const QByteArray m_photo;
    std::atomic<int> m_number = 0;
};

Uploads::Uploads(Report& report)
    : m_report(report)
    , m_server(m_directory.filePath(u"uploads"_s))
    , m_deferring(m_directory.filePath(u"deferring"_s), {u"--defer-variants"_s})
    , m_photo(photoOf(kPhotoBytes))
{
    m_server.start();
    m_deferring.start();
}

Timing Uploads::share(const test::ServerProcess& server, int connections)
{
    std::vector<std::unique_ptr<test::HttpClient>> clients;
    std::vector<QByteArray> bodies;
    for (int i = 0; i < connections; ++i)
        clients.push_back(std::make_unique<test::HttpClient>(server.port(), server.credentials()));
    for (int i = 0; i < connections * shareOf(connections); ++i)
        bodies.push_back(test::form(numbered(m_photo, m_number++)));
    const QByteArray type = "Content-Type: " + test::formType() + "\r\n";
    return timed(connections, [&](int thread, int turn) {
        const QByteArray& body = bodies[size_t(thread * shareOf(connections) + turn)];
        if (clients[size_t(thread)]->ask("POST", "/api/admin/upload", type, body).status != 200)
            qFatal("a photo could not be shared");
    });
}

/// Into new files, as a server has to.
Timing Uploads::byHand(int threads, bool withVariants)
{
    return timed(threads, [&](int, int) {
        if (withVariants) {
            sha256(m_photo);
            makeVariants(m_photo);
        }
        writeDurably(m_directory.filePath(u"plain-%1"_s.arg(m_number++)), m_photo);
    });
}

/// What each of them came to in each round: there and back, so that none always follows the one
/// that leaves the disk and the machine's memory most rested.
std::vector<std::vector<Timing>> Uploads::race(const std::vector<Contender>& contenders)
{
    std::vector<std::vector<Timing>> timings(contenders.size());
    for (int round = 0; round < kRounds; ++round) {
        for (size_t i = 0; i < contenders.size(); ++i) {
            const size_t turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
            settle();
            timings[turn].push_back(contenders[turn]());
        }
    }
    return timings;
}

/// Nothing of what was put off, by a server or by the disk, disturbs what is measured next.
void Uploads::settle()
{
    waitForVariants(m_deferring);
    ::sync();
}

void Uploads::measure(int connections)
{
    const auto timings = race({[&] { return share(m_server, connections); },
                               [&] { return byHand(connections, true); },
                               [&] { return share(m_deferring, connections); },
                               [&] { return byHand(connections, false); }});
    const std::vector<double> times = allTimes(timings[0]);
    const QString name =
        u"upload of %1 MB, %2 connections"_s.arg(double(m_photo.size()) / 1e6, 0, 'f', 1)
            .arg(connections);
    m_report.add(compared(name, rates(timings[0]), u"per s"_s,
                          u"by hand: SHA-256, variants, fsync"_s, rates(timings[1])));
    m_report.add(compared(name + u", variants deferred"_s, rates(timings[2]), u"per s"_s,
                          u"plain write with fsync"_s, rates(timings[3])));
    m_report.add({name, percentile(times, 0.5), u"ms p50"_s, {}, 0});
    m_report.add({name, percentile(times, 0.99), u"ms p99"_s, {}, 0});
}

} // namespace

void measureUploads(Report& report)
{
    Uploads uploads(report);
    for (const int connections : kConnections)
        uploads.measure(connections);
}

} // namespace vitrine::bench
