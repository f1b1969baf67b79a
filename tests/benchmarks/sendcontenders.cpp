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
#include <QFile>
#include <QHttpMultiPart>
#include <QNetworkAccessManager>
#include <QNetworkReply>
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

const QString kUpload = u"/api/admin/upload"_s;

/// Those that the outbox sends.
QList<std::pair<QByteArray, QByteArray>> headersOf(const Target& target, const Source& source)
{
    return {{"CF-Access-Client-Id", target.token().clientId.toLatin1()},
            {"CF-Access-Client-Secret", target.token().clientSecret.reveal()},
            {"X-Requested-With", "XMLHttpRequest"},
            {"Prefer", "return=representation"},
            {"Idempotency-Key", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)},
            {"Content-Digest", "sha-256=:" + source.sha256.toBase64() + ':'}};
}

/// What the outbox sends, as curl is told it.
QByteArray curlConfig(const Target& target, const Sources& sources)
{
    QByteArray config = "parallel\nsilent\nfail-early\n";
    for (const Source& source : sources) {
        config += "url = \"" + target.url().toEncoded() + kUpload.toLatin1() + "\"\n";
        for (const auto& [name, value] : headersOf(target, source))
            config += "header = \"" + name + ": " + value + "\"\n";
        config += "form = \"file=@" + source.path.toUtf8() +
                  ";type=image/jpeg\"\nform = \"alt=\"\nfail\noutput = /dev/null\nnext\n";
    }
    config.chop(5); // the last "next"
    return config;
}

/// Sends without an outbox or a client of ours, and keeps nothing.
class BareNetwork
{
public:
    BareNetwork(const Target& target, const Sources& sources) : m_target(target), m_sources(sources)
    {}

    void send(int atOnce);

private:
    void sendNext();
    QHttpMultiPart* form(const Source& source) const;

    const Target& m_target;
    const Sources& m_sources;
    QNetworkAccessManager m_network;
    qsizetype m_next = 0;
    qsizetype m_sent = 0;
};

void BareNetwork::send(int atOnce)
{
    for (int i = 0; i < atOnce; ++i)
        sendNext();
    QCoreApplication::exec();
}

void BareNetwork::sendNext()
{
    if (m_next == m_sources.size())
        return;
    const Source& source = m_sources[m_next++];
    QUrl url = m_target.url();
    url.setPath(kUpload);
    QNetworkRequest request(url);
    for (const auto& [name, value] : headersOf(m_target, source))
        request.setRawHeader(name, value);
    QHttpMultiPart* body = form(source);
    QNetworkReply* reply = m_network.post(request, body);
    body->setParent(reply);
    QObject::connect(reply, &QNetworkReply::finished, reply, [this, reply] {
        if (reply->error() != QNetworkReply::NoError)
            qFatal("an upload failed: %s", qPrintable(reply->errorString()));
        reply->deleteLater();
        if (++m_sent == m_sources.size())
            QCoreApplication::quit();
        else
            sendNext();
    });
}

QHttpMultiPart* BareNetwork::form(const Source& source) const
{
    auto* form = new QHttpMultiPart(QHttpMultiPart::FormDataType);
    auto* file = new QFile(source.path, form);
    if (!file->open(QIODevice::ReadOnly))
        qFatal("the benchmark's own picture could not be read");
    QHttpPart picture;
    picture.setHeader(QNetworkRequest::ContentDispositionHeader,
                      u"form-data; name=\"file\"; filename=\"photo.jpg\""_s);
    picture.setHeader(QNetworkRequest::ContentTypeHeader, u"image/jpeg"_s);
    picture.setBodyDevice(file);
    QHttpPart alt;
    alt.setHeader(QNetworkRequest::ContentDispositionHeader, u"form-data; name=\"alt\""_s);
    form->append(picture);
    form->append(alt);
    return form;
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

Trial sendByBareNetwork(const Target& target, const Sources& sources, int atOnce)
{
    BareNetwork network(target, sources);
    return trial(&target, sources.size(), [&] { network.send(atOnce); });
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
                if (const auto made = transfer::prepare(order, pictures); !made)
                    qFatal("a picture could not be prepared: %d, %s", int(made.error().kind),
                           qPrintable(made.error().detail));
            });
        }
        pool.waitForDone();
    });
}

} // namespace vitrine::bench
