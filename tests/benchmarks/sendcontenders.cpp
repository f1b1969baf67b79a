// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sendcontenders.h"

#include "app/backend/servicetokens.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "app/transfer/preparer.h"
#include "tests/benchmarks/report.h"
#include "tests/support/pictures.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QThreadPool>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

using access::ServiceToken;
using transfer::Outbox;
using transfer::Transfer;

constexpr int kPreparingThreads = 2; // the outbox's own

/// \a target: where the server is, if there is one.
Trial trial(const Target* target, qsizetype count, const std::function<void()>& work)
{
    const double serverBefore = target ? target->cpu() : 0;
    QElapsedTimer timer;
    timer.start();
    const double cpu = cpuOf(work);
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    const double serverCpu = target ? target->cpu() - serverBefore : 0;
    return {double(count) / seconds, cpu / double(count), serverCpu / double(count)};
}

/// An outbox over a directory of its own.
class Client
{
public:
    explicit Client(const Target& target) : m_target(target)
    {
        m_client.setServer(target.url(), target.token());
        const auto nothing = [](const QByteArray&) { return readyFuture(Result<QString>()); };
        m_outbox =
            std::make_unique<Outbox>(m_directory.path(), m_client, m_pictures, m_clock, nothing);
    }

    Trial sendPrepared(const Sources& sources);
    Trial share(const Sources& sources);

private:
    void load();
    Trial timed(qsizetype count, const std::function<void()>& begin);

    const Target& m_target;
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

Trial Client::timed(qsizetype count, const std::function<void()>& begin)
{
    QObject scope;
    qsizetype left = count;
    QObject::connect(m_outbox.get(), &Outbox::shared, &scope, [&] {
        if (--left == 0)
            QCoreApplication::quit();
    });
    return trial(&m_target, count, [&] {
        begin();
        m_outbox->setRunning(true);
        QCoreApplication::exec();
    });
}

Trial Client::sendPrepared(const Sources& sources)
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
    return timed(sources.size(), [] {});
}

Trial Client::share(const Sources& sources)
{
    QList<transfer::UploadOrder> orders;
    for (const Source& source : sources)
        orders.append({.source = source.path});
    load();
    return timed(sources.size(), [&] { m_outbox->share(orders); });
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

} // namespace

Target::Target(Setting setting, const imaging::PictureReader& reader)
{
    if (setting == Setting::DecodesAside)
        startHere(reader);
    else
        startThere(setting == Setting::AllAtOnce ? QStringList()
                                                 : QStringList{u"--defer-variants"_s});
}

void Target::startHere(const imaging::PictureReader& reader)
{
    backend::ServerOptions options;
    options.dataDirectory = m_directory.filePath(u"data"_s);
    m_here = backend::Server::start(options, reader).value();
    m_url = m_here->url();
    m_token =
        backend::issueServiceToken(options.dataDirectory, u"bench"_s, backend::TokenLife::ThisRun)
            .value();
}

void Target::startThere(const QStringList& options)
{
    m_there = std::make_unique<test::ServerProcess>(m_directory.filePath(u"data"_s), options);
    m_there->start();
    m_url = m_there->url();
    m_token = {m_there->clientId(), access::Secret(m_there->clientSecret())};
}

double Target::cpu() const
{
    return m_there ? test::useOf(m_there->processId()).cpuMilliseconds : 0;
}

Trial sendPrepared(const Target& target, const Sources& sources)
{
    return Client(target).sendPrepared(sources);
}

Trial share(const Target& target, const Sources& sources)
{
    return Client(target).share(sources);
}

Trial sendByCurl(const Target& target, const Sources& sources, int atOnce)
{
    QTemporaryDir directory;
    const QString config =
        test::writeTo(directory.path(), u"config"_s, curlConfig(target, sources));
    return trial(&target, sources.size(), [&] {
        QProcess curl;
        QStringList options{u"--config"_s, config};
        if (atOnce > 0)
            options += {u"--parallel-max"_s, QString::number(atOnce)};
        curl.start(u"curl"_s, options);
        if (!curl.waitForFinished(-1) || curl.exitCode() != 0)
            qFatal("curl failed: %s", curl.readAllStandardError().constData());
    });
}

Trial prepareAlone(const Sources& sources)
{
    const imaging::InProcessPictureReader pictures;
    QTemporaryDir directory;
    QThreadPool pool;
    pool.setMaxThreadCount(kPreparingThreads);
    return trial(nullptr, sources.size(), [&] {
        for (int i = 0; i < sources.size(); ++i) {
            pool.start([&, i] {
                const transfer::PrepareOrder order{.source = sources[i].path,
                                                   .spool = directory.filePath(QString::number(i))};
                if (!transfer::prepare(order, pictures))
                    qFatal("the benchmark's own picture could not be prepared");
            });
        }
        pool.waitForDone();
    });
}

} // namespace vitrine::bench
