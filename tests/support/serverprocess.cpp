// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serverprocess.h"

#include "tests/support/contentof.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <unistd.h>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLimitMs = 60'000;

QProcessEnvironment environment(const QString& home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_DATA_HOME"_s, home + u"/home-data"_s);
    environment.insert(u"XDG_CACHE_HOME"_s, home + u"/home-cache"_s);
    return environment;
}

} // namespace

ServerProcess::ServerProcess(QString dataDirectory, QStringList options)
    : m_dataDirectory(std::move(dataDirectory)), m_options(std::move(options))
{}

ServerProcess::~ServerProcess()
{
    kill();
}

void ServerProcess::start()
{
    const QString ready = m_dataDirectory + u".ready"_s;
    m_process.setProcessEnvironment(environment(QFileInfo(m_dataDirectory).absolutePath()));
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(VITRINE_BIN_DIR "/vitrinectl"),
                    QStringList{u"--json"_s, u"serve"_s, u"--data"_s, m_dataDirectory,
                                u"--ready-file"_s, ready} +
                        m_options);
    // It says so on its standard output when it answers, after the file is written.
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kLimitMs))
            qFatal("vitrinectl serve did not start");
    }
    m_process.readAll();
    const QJsonObject place = QJsonDocument::fromJson(contentOf(ready)).object();
    m_url = QUrl(place["url"_L1].toString());
    m_clientId = place["clientId"_L1].toString();
    m_clientSecret = place["clientSecret"_L1].toString().toLatin1();
}

QByteArray ServerProcess::credentials() const
{
    return "CF-Access-Client-Id: " + m_clientId.toLatin1() +
           "\r\nCF-Access-Client-Secret: " + m_clientSecret + "\r\n";
}

void ServerProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(kLimitMs);
}

int ServerProcess::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(kLimitMs))
        qFatal("vitrinectl serve did not end");
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

ProcessUse useOf(qint64 processId)
{
    // proc(5): after the name in parentheses, utime and stime are the 12th and 13th, rss the 22nd.
    const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(processId));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return {ticks * 1000.0 / double(::sysconf(_SC_CLK_TCK)),
            fields.value(21).toLongLong() * ::sysconf(_SC_PAGESIZE)};
}

} // namespace vitrine::test
