// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/servecommand.h"

#include "app/backend/servicetokens.h"
#include "app/base/file.h"

#include <QFile>
#include <QJsonDocument>

namespace vitrine::cli {

using namespace Qt::StringLiterals;

ServeCommand::ServeCommand(const Output& output, ServeArguments arguments, QString defaultData,
                           const imaging::PictureReader& pictures)
    : Command(output)
    , m_arguments(std::move(arguments))
    , m_defaultData(std::move(defaultData))
    , m_pictures(pictures)
{
    connect(&m_signals, &UnixSignals::terminationRequested, this, &ServeCommand::stop);
}

ServeCommand::~ServeCommand() = default;

// Blocking calls are in order here: this process does nothing else and shows no window.
void ServeCommand::run()
{
    const auto chosen = options();
    if (!chosen) {
        output().complain({}, chosen.error());
        Q_EMIT finished(kUsage);
        return;
    }
    auto server = backend::Server::start(*chosen, m_pictures);
    if (!server) {
        complainOf(server.error(), chosen->dataDirectory);
        Q_EMIT finished(server.error().kind == ErrorKind::InvalidInput ? kUsage : kSomeFailed);
        return;
    }
    m_server = *std::move(server);
    if (!chosen->faults.isEmpty())
        output().note(tr("This server makes mistakes on purpose (--fault). Do not leave a picture "
                         "on it that you want to keep."));
    if (const auto announced = announce(); !announced) {
        output().complain(m_arguments.readyFile, announced.error());
        Q_EMIT finished(kSomeFailed);
    } else {
        output().print(*announced,
                       tr("Serving at %1. Stop with Ctrl+C.").arg(m_server->url().toString()));
    }
}

void ServeCommand::complainOf(const Error& error, const QString& dataDirectory) const
{
    if (error.kind == ErrorKind::Network)
        output().note(tr("%1: Vitrine cannot listen there, because another program does or because "
                         "it is not allowed. Choose another port with --listen.")
                          .arg(m_arguments.listen));
    else
        output().complain(error.kind == ErrorKind::InvalidInput ? QString() : dataDirectory, error);
}

Result<backend::ServerOptions> ServeCommand::options() const
{
    const QUrl place(u"tcp://"_s + m_arguments.listen, QUrl::StrictMode);
    const bool isPlace = place.isValid() && !place.host().isEmpty() && place.port() >= 0 &&
                         place.userInfo().isEmpty() && place.path().isEmpty() &&
                         !place.hasQuery() && !place.hasFragment();
    if (!isPlace)
        return failure(ErrorKind::InvalidInput,
                       tr("--listen takes an address and a port, such as 127.0.0.1:8080, and not "
                          "\"%1\"")
                           .arg(m_arguments.listen));
    backend::ServerOptions options;
    options.dataDirectory = m_arguments.data.isEmpty() ? m_defaultData : m_arguments.data;
    options.host = place.host();
    options.port = quint16(place.port());
    options.maxBytes = m_arguments.maxBytes;
    options.defersVariants = m_arguments.defersVariants;
    options.names = m_arguments.hosts;
    if (!m_arguments.tlsCertificate.isEmpty())
        options.tls = {m_arguments.tlsCertificate, m_arguments.tlsKey};
    options.isInsecure = m_arguments.isInsecure;
    options.origins = m_arguments.origins;
    options.accessLog = m_arguments.accessLog;
    options.faultSeed = m_arguments.faultSeed;
    for (const QString& text : m_arguments.faults) {
        const auto rule = backend::parseFaultRule(text);
        if (!rule)
            return failure(rule.error());
        options.faults.append(*rule);
    }
    return options;
}

// The secret goes to the ready file alone (0600), never to a terminal or a log.
Result<QJsonObject> ServeCommand::announce()
{
    QJsonObject place{{u"url"_s, m_server->url().toString(QUrl::FullyEncoded)},
                      {u"aud"_s, m_server->audience()},
                      {u"issuer"_s, m_server->issuer()}};
    if (m_arguments.readyFile.isEmpty())
        return place;
    const QString data = m_arguments.data.isEmpty() ? m_defaultData : m_arguments.data;
    const auto token = backend::issueServiceToken(data, u"serve"_s, backend::TokenLife::ThisRun);
    if (!token)
        return failure(token.error());
    QJsonObject ready = place;
    ready.insert(u"clientId"_s, token->clientId);
    ready.insert(u"clientSecret"_s, QString::fromLatin1(token->clientSecret.reveal()));
    const QByteArray line = QJsonDocument(ready).toJson(QJsonDocument::Compact) + '\n';
    return writeFile(m_arguments.readyFile, line).map([&] { return place; });
}

void ServeCommand::stop()
{
    if (!m_arguments.readyFile.isEmpty() && m_server)
        QFile::remove(m_arguments.readyFile);
    m_server.reset();
    Q_EMIT finished(kAllDone);
}

} // namespace vitrine::cli
