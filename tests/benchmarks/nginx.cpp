// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/nginx.h"

#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

// The worker is the master process: one process to measure. %1: folder for its own files, %2: port,
// %3: what it serves.
constexpr char kConfiguration[] = R"(
daemon off;
master_process off;
pid %1/pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path %1/body;
  proxy_temp_path %1/proxy;
  fastcgi_temp_path %1/fastcgi;
  uwsgi_temp_path %1/uwsgi;
  scgi_temp_path %1/scgi;
  default_type image/jpeg;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=4096 inactive=600s;
  open_file_cache_valid 600s;
  server { listen 127.0.0.1:%2 backlog=1024; root %3; }
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

Nginx::Nginx(const QString& root) : m_port(freePort())
{
    const QString path = m_directory.filePath(u"nginx.conf"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(path));
    file.write(
        QString::fromLatin1(kConfiguration).arg(m_directory.path()).arg(m_port).arg(root).toUtf8());
    file.close();
    const QString program =
        QStandardPaths::findExecutable(u"nginx"_s, {u"/usr/sbin"_s, u"/usr/bin"_s});
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(program, {u"-p"_s, m_directory.path(), u"-c"_s, path});
    if (!m_process.waitForStarted())
        qFatal("nginx cannot be run: packaging/dev deps installs it");
    while (!answers(m_port)) {
        if (m_process.waitForFinished(10))
            qFatal("nginx did not start");
    }
}

Nginx::~Nginx()
{
    m_process.terminate();
    m_process.waitForFinished();
}

} // namespace vitrine::bench
