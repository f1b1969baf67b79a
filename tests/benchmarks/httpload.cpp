// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/httpload.h"

#include <QCryptographicHash>
#include <QFile>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

// wrk's thread asks for the lines of a file in turn; at the end one line of numbers goes to stdout.
constexpr char kScript[] = R"(
local requests, at = {}, 0
function init(args)
  for line in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", line)
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency, calls)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %f %f %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
)";

QList<QByteArray> resultOf(QProcess& wrk)
{
    if (!wrk.waitForFinished(-1))
        qFatal("wrk cannot be run: packaging/dev deps installs it");
    const QByteArray out = wrk.readAllStandardOutput();
    const QList<QByteArray> numbers =
        out.mid(out.indexOf("RESULT ")).trimmed().split('\n').first().split(' ');
    if (numbers.size() != 6 || numbers[5] != "0")
        qFatal("wrk was not content:\n%s", out.constData());
    return numbers;
}

} // namespace

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

HttpLoad::HttpLoad()
{
    write(m_directory.filePath(u"load.lua"_s), kScript);
}

QString HttpLoad::script(const QList<QByteArray>& targets)
{
    const QByteArray lines = targets.join('\n') + '\n';
    const QByteArray name =
        QCryptographicHash::hash(lines, QCryptographicHash::Sha1).toHex() + ".txt";
    const QString path = m_directory.filePath(QString::fromLatin1(name));
    if (!QFile::exists(path))
        write(path, lines);
    return path;
}

LoadResult HttpLoad::run(quint16 port, const QList<QByteArray>& targets, int connections,
                         int seconds, qint64 serverProcess)
{
    const QString url = u"http://127.0.0.1:%1"_s.arg(port);
    const QString list = script(targets);
    const double cpuBefore = test::useOf(serverProcess).cpuMilliseconds;
    QProcess wrk;
    wrk.start(u"wrk"_s,
              {u"-t1"_s, u"-c%1"_s.arg(connections), u"-d%1s"_s.arg(seconds), u"--latency"_s,
               u"-s"_s, m_directory.filePath(u"load.lua"_s), url, u"--"_s, list});
    const QList<QByteArray> numbers = resultOf(wrk);
    const double cpu = test::useOf(serverProcess).cpuMilliseconds - cpuBefore;
    const double requests = numbers[1].toDouble();
    return {requests / (numbers[2].toDouble() / 1e6), numbers[3].toDouble() / 1e3,
            numbers[4].toDouble() / 1e3, cpu * 1e3 / requests};
}

} // namespace vitrine::bench
