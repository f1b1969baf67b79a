// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http2front.h"

#include "tests/support/pictures.h"

#include <QFile>
#include <QSet>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace vitrine::test {
namespace {

// One process, and nothing outside of its own folder. %1: that folder, %2: port, %3: the server
// behind, %4: where certificate and key are.
constexpr char kConfiguration[] = R"(
daemon off;
master_process off;
pid %1/pid;
error_log stderr error;
events { worker_connections 64; }
http {
  log_format requests '$connection $server_protocol $request_method $uri $status';
  access_log %1/requests requests;
  client_body_temp_path %1/body;
  proxy_temp_path %1/proxy;
  fastcgi_temp_path %1/fastcgi;
  uwsgi_temp_path %1/uwsgi;
  scgi_temp_path %1/scgi;
  client_max_body_size 0;
  server {
    listen 127.0.0.1:%2 ssl http2;
    ssl_certificate %4/server.pem;
    ssl_certificate_key %4/server.key;
    location / {
      proxy_pass %3;
      proxy_http_version 1.1;
      proxy_request_buffering off;
      proxy_buffering off;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto https;
    }
  }
}
)";

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    return socket.waitForConnected();
}

} // namespace

Http2Front::Http2Front() : m_port(freePort())
{}

Http2Front::~Http2Front()
{
    m_process.kill();
    m_process.waitForFinished();
}

QUrl Http2Front::url() const
{
    return QUrl(u"https://127.0.0.1:%1"_s.arg(m_port));
}

void Http2Front::start(const QUrl& behind)
{
    const QString text = QString::fromLatin1(kConfiguration)
                             .arg(m_directory.path(), QString::number(m_port), behind.toString(),
                                  QStringLiteral(VITRINE_SOURCE_DIR "/tests/fixtures/tls"));
    const QString path = writeTo(m_directory.path(), u"nginx.conf"_s, text.toUtf8());
    const QString program =
        QStandardPaths::findExecutable(u"nginx"_s, {u"/usr/sbin"_s, u"/usr/bin"_s});
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(program, {u"-e"_s, u"stderr"_s, u"-p"_s, m_directory.path(), u"-c"_s, path});
    if (!m_process.waitForStarted())
        qFatal("nginx cannot be run: packaging/dev deps installs it");
    while (!answers(m_port)) {
        if (m_process.waitForFinished(10))
            qFatal("nginx did not start");
    }
}

QByteArrayList Http2Front::logged() const
{
    QFile file(m_directory.filePath(u"requests"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().trimmed().split('\n');
}

QByteArrayList Http2Front::requests() const
{
    QByteArrayList requests;
    for (const QByteArray& line : logged())
        requests.append(line.mid(line.indexOf(' ') + 1));
    return requests;
}

qsizetype Http2Front::connections() const
{
    QSet<QByteArray> connections;
    for (const QByteArray& line : logged())
        connections.insert(line.left(line.indexOf(' ')));
    return connections.size();
}

} // namespace vitrine::test
