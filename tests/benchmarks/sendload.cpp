// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sendload.h"

#include "app/backend/server.h"
#include "app/backend/servicetokens.h"
#include "app/base/paths.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/transfer/outbox.h"
#include "app/transfer/preparer.h"
#include "tests/benchmarks/cores.h"
#include "tests/benchmarks/knowingreader.h"
#include "tests/benchmarks/population.h"
#include "tests/support/contentof.h"
#include "tests/support/pictures.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QThreadPool>

#include <array>
#include <filesystem>
#include <optional>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

using access::ServiceToken;
using transfer::Outbox;
using transfer::Transfer;

constexpr int kPhotos = 1000;
constexpr int kRounds = 4; // a quarter of the photos each
constexpr QSize kSize(1600, 1200);
constexpr int kPreparingThreads = 2; // the outbox's own

struct Source {
    QString path;
    QByteArray sha256;
    qint64 bytes = 0;
};
using Sources = QList<Source>;

/// Pieces of a photograph, each another one, with nothing in them that preparing takes out.
Sources makeSources(const QString& directory)
{
    const QImage photo = originalPhoto();
    Sources sources;
    for (int i = 0; i < kPhotos; ++i) {
        const QPoint corner(i * 37 % (photo.width() - kSize.width()),
                            i * 17 % (photo.height() - kSize.height()));
        const QByteArray bytes = test::jpeg(photo.copy(QRect(corner, kSize)));
        sources.append({test::writeTo(directory, u"photo-%1.jpg"_s.arg(i), bytes),
                        QCryptographicHash::hash(bytes, QCryptographicHash::Sha256), bytes.size()});
    }
    return sources;
}

/// How the server and this program, which has the client in it, share the machine.
enum class Setting {
    Together,    ///< a `vitrinectl serve` beside it, on the same cores
    Apart,       ///< the same on a core of its own, with variants put off: as one that is elsewhere
    DecodesAside ///< in this process, where looking at pictures costs nothing
};

/// A server that nobody has used yet, and what opens it.
class Target
{
public:
    /// \a reader is what decoding aside takes.
    Target(Setting setting, const imaging::PictureReader& reader)
    {
        if (setting == Setting::DecodesAside)
            startHere(reader);
        else
            startThere(setting == Setting::Apart ? QStringList{u"--defer-variants"_s}
                                                 : QStringList());
    }

    QUrl url() const { return m_url; }
    const ServiceToken& token() const { return m_token; }

private:
    void startHere(const imaging::PictureReader& reader)
    {
        backend::ServerOptions options;
        options.dataDirectory = m_directory.filePath(u"data"_s);
        m_here = backend::Server::start(options, reader).value();
        m_url = m_here->url();
        m_token = backend::issueServiceToken(options.dataDirectory, u"bench"_s,
                                             backend::TokenLife::ThisRun)
                      .value();
    }
    void startThere(const QStringList& options)
    {
        m_there = std::make_unique<test::ServerProcess>(m_directory.filePath(u"data"_s), options);
        m_there->start();
        m_url = m_there->url();
        m_token = {m_there->clientId(), access::Secret(m_there->clientSecret())};
    }

    QTemporaryDir m_directory;
    std::unique_ptr<backend::Server> m_here;
    std::unique_ptr<test::ServerProcess> m_there;
    QUrl m_url;
    ServiceToken m_token;
};

/// An outbox over a directory of its own.
class Client
{
public:
    explicit Client(const Target& target)
    {
        m_client.setServer(target.url(), target.token());
        const auto nothing = [](const QByteArray&) { return readyFuture(Result<QString>()); };
        m_outbox =
            std::make_unique<Outbox>(m_directory.path(), m_client, m_pictures, m_clock, nothing);
    }

    /// How many a second, with the prepared bytes in the spool already.
    double sendPrepared(const Sources& sources);
    /// How many a second, from the files.
    double share(const Sources& sources);

private:
    void load();
    double rateOf(qsizetype count, const std::function<void()>& begin);

    QTemporaryDir m_directory;
    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    std::unique_ptr<Outbox> m_outbox;
};

void Client::load()
{
    QObject scope;
    whenDone(&scope, m_outbox->load(), [&](const Result<void>& loaded) {
        if (!loaded)
            qFatal("the outbox could not be read");
        QCoreApplication::quit();
    });
    QCoreApplication::exec();
}

double Client::rateOf(qsizetype count, const std::function<void()>& begin)
{
    QObject scope;
    qsizetype left = count;
    QObject::connect(m_outbox.get(), &Outbox::shared, &scope, [&] {
        if (--left == 0)
            QCoreApplication::quit();
    });
    QElapsedTimer timer;
    timer.start();
    begin();
    m_outbox->setRunning(true);
    QCoreApplication::exec();
    return double(count) / (double(timer.nsecsElapsed()) / 1e9);
}

double Client::sendPrepared(const Sources& sources)
{
    QList<Transfer> rows;
    const QString spool = m_directory.filePath(u"spool"_s);
    std::filesystem::create_directories(spool.toStdString());
    for (const Source& source : sources) {
        Transfer row = transfer::newUpload({.source = source.path}, m_clock);
        row.state = transfer::State::Ready;
        row.spool = spool + u'/' + row.key;
        row.sha256 = source.sha256;
        row.bytes = source.bytes;
        row.type = u"image/jpeg"_s;
        std::filesystem::create_hard_link(source.path.toStdString(), row.spool.toStdString());
        rows.append(row);
    }
    {
        transfer::OutboxStore store(m_directory.path());
        store.put(rows).waitForFinished();
    }
    load();
    return rateOf(sources.size(), [] {});
}

double Client::share(const Sources& sources)
{
    QList<transfer::UploadOrder> orders;
    for (const Source& source : sources)
        orders.append({.source = source.path});
    load();
    return rateOf(sources.size(), [&] { m_outbox->share(orders); });
}

/// What the outbox sends, as curl is told it.
QByteArray curlConfig(const Target& target, const Sources& sources)
{
    QByteArray config = "parallel\nsilent\nfail-early\n";
    for (const Source& source : sources) {
        const QByteArray key = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
        const QByteArray path = source.path.toUtf8();
        config +=
            "url = \"" + target.url().toEncoded() + "/api/admin/upload\"\n" +
            "header = \"CF-Access-Client-Id: " + target.token().clientId.toLatin1() +
            "\"\nheader = \"CF-Access-Client-Secret: " + target.token().clientSecret.reveal() +
            "\"\nheader = \"X-Requested-With: XMLHttpRequest\"\nheader = \"Prefer: "
            "return=representation\"\nheader = \"Idempotency-Key: " +
            key + "\"\nheader = \"Content-Digest: sha-256=:" + source.sha256.toBase64() +
            ":\"\nform = \"file=@" + path + ";type=image/jpeg\"\nform = \"alt=\"\nfail\n" +
            "output = /dev/null\nnext\n";
    }
    config.chop(5); // the last "next"
    return config;
}

double curlRate(const Target& target, const Sources& sources)
{
    QTemporaryDir directory;
    const QString config =
        test::writeTo(directory.path(), u"config"_s, curlConfig(target, sources));
    QElapsedTimer timer;
    timer.start();
    QProcess curl;
    curl.start(u"curl"_s, {u"--config"_s, config});
    if (!curl.waitForFinished(-1) || curl.exitCode() != 0)
        qFatal("curl failed: %s", curl.readAllStandardError().constData());
    return double(sources.size()) / (double(timer.nsecsElapsed()) / 1e9);
}

double preparingRate(const Sources& sources)
{
    const imaging::InProcessPictureReader pictures;
    QTemporaryDir directory;
    QThreadPool pool;
    pool.setMaxThreadCount(kPreparingThreads);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < sources.size(); ++i) {
        pool.start([&, i] {
            const transfer::PrepareOrder order{.source = sources[i].path,
                                               .spool = directory.filePath(QString::number(i))};
            if (!transfer::prepare(order, pictures))
                qFatal("the benchmark's own picture could not be prepared");
        });
    }
    pool.waitForDone();
    return double(sources.size()) / (double(timer.nsecsElapsed()) / 1e9);
}

/// Everything that takes part in one comparison.
class Comparison
{
public:
    /// \a reader is what decoding aside takes.
    Comparison(Setting setting, const imaging::PictureReader& reader)
        : m_setting(setting), m_reader(reader)
    {}

    void measure(const Sources& sources)
    {
        add(m_prepared, sources, [&] {
            return onServer(
                [&](const Target& target) { return Client(target).sendPrepared(sources); });
        });
        m_curl.rates.push_back(
            onServer([&](const Target& target) { return curlRate(target, sources); }));
        add(m_shared, sources, [&] {
            return onServer([&](const Target& target) { return Client(target).share(sources); });
        });
        add(m_preparing, sources,
            [&] { return onOwnCore([&] { return preparingRate(sources); }); });
    }

    void report(Report& report, const QString& name) const
    {
        report.add(compared(u"1,000 prepared photos sent"_s + name, m_prepared.rates, u"per s"_s,
                            u"curl --parallel"_s, m_curl.rates));
        report.add(compared(u"1,000 photos shared"_s + name, m_shared.rates, u"per s"_s,
                            u"preparing alone"_s, m_preparing.rates));
        if (m_setting == Setting::DecodesAside) // its server's time is this process's, too
            return;
        report.add({u"processor time of sending one"_s + name,
                    median(m_prepared.cpu),
                    u"ms CPU"_s,
                    {},
                    0});
        report.add(compared(u"processor time of sharing one"_s + name, m_shared.cpu, u"ms CPU"_s,
                            u"preparing alone"_s, m_preparing.cpu));
    }

private:
    struct Series {
        std::vector<double> rates; ///< a second
        std::vector<double> cpu;   ///< ms of this process for one
    };

    template <typename Work>
    static void add(Series& series, const Sources& sources, const Work& work)
    {
        const double cpu = cpuOf([&] { series.rates.push_back(work()); });
        series.cpu.push_back(cpu / double(sources.size()));
    }

    template <typename Work>
    double onOwnCore(const Work& work) const
    {
        std::optional<OneCore> core;
        if (m_setting == Setting::Apart)
            core.emplace(0);
        return work();
    }

    template <typename Work>
    double onServer(const Work& work) const
    {
        std::optional<OneCore> core;
        if (m_setting == Setting::Apart)
            core.emplace(1);
        const Target target(m_setting, m_reader);
        if (core)
            core->moveTo(0);
        return work(target);
    }

    const Setting m_setting;
    const imaging::PictureReader& m_reader;
    Series m_prepared, m_curl, m_shared, m_preparing;
};

} // namespace

void measureSending(Report& report)
{
    QTemporaryDir directory;
    const Sources sources = makeSources(directory.path());
    const KnowingReader knowing(test::contentOf(sources.first().path));
    const std::array cases{std::pair(Setting::Together, QString()),
                           std::pair(Setting::Apart, u", a core each"_s),
                           std::pair(Setting::DecodesAside, u", decoding aside"_s)};
    for (const auto& [setting, name] : cases) {
        Comparison comparison(setting, knowing);
        for (int round = 0; round < kRounds; ++round)
            comparison.measure(sources.mid(round * kPhotos / kRounds, kPhotos / kRounds));
        comparison.report(report, name);
    }
}

} // namespace vitrine::bench
