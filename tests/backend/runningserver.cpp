// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/runningserver.h"

#include "tests/backend/fixture.h"
#include "tests/backend/rawclient.h"

#include <QJsonDocument>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using namespace backend;

ServerOptions RunningServer::options() const
{
    ServerOptions options;
    options.dataDirectory = path(u"data"_s);
    return options;
}

void RunningServer::start(const ServerOptions& wanted)
{
    auto started = Server::start(wanted, m_pictures);
    if (!started)
        qFatal("the server did not start: %s", qPrintable(started.error().detail));
    m_server = *std::move(started);
    m_port = m_server->port();
    m_credentials =
        credentials(*issueServiceToken(wanted.dataDirectory, u"tests"_s, TokenLife::ThisRun));
}

QByteArray RunningServer::credentials(const access::ServiceToken& token)
{
    return "CF-Access-Client-Id: " + token.clientId.toLatin1() +
           "\r\nCF-Access-Client-Secret: " + token.clientSecret.reveal() + "\r\n";
}

QByteArray RunningServer::ask(const QByteArray& line, const QByteArray& fields,
                              const QByteArray& body) const
{
    RawClient client(m_port);
    client.send(request(line, fields, body));
    return client.readToEnd();
}

QByteArray RunningServer::request(const QByteArray& line, const QByteArray& fields,
                                  const QByteArray& body) const
{
    return line + " HTTP/1.1\r\nHost: " + m_server->url().authority().toLatin1() +
           "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" +
           fields + "\r\n" + body;
}

QByteArray RunningServer::upload(const QByteArray& picture, const QByteArray& key) const
{
    return ask("POST /api/admin/upload", uploadFields() + "Idempotency-Key: " + key + "\r\n",
               form(picture));
}

QByteArray RunningServer::uploadFields() const
{
    return m_credentials + "Content-Type: " + formType() + "\r\nPrefer: return=representation\r\n";
}

QJsonArray RunningServer::listing() const
{
    const QByteArray answer = ask("GET /api/images?limit=1000");
    return QJsonDocument::fromJson(bodyOf(answer))["images"_L1].toArray();
}

QByteArray bodyOf(const QByteArray& answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

} // namespace vitrine::test
