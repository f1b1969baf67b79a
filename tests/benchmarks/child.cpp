// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/child.h"

#include <QFile>
#include <QProcess>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace vitrine::bench {
namespace {

double milliseconds(const timeval& time)
{
    return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
}

} // namespace

double cpuIn(const rusage& usage)
{
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

double residentMemory(const QByteArray& field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(field + ':')) // "VmHWM:     1234 kB"
            return line.mid(field.size() + 1).chopped(2).trimmed().toDouble() / 1024;
    }
    return 0;
}

double cpuOfChild(const QString& program, const QStringList& arguments)
{
    std::vector<QByteArray> words{program.toLocal8Bit()};
    for (const QString& argument : arguments)
        words.push_back(argument.toLocal8Bit());
    std::vector<char*> argv;
    for (QByteArray& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    int status = 0;
    rusage usage{};
    if (::posix_spawn(&child, argv.front(), nullptr, nullptr, argv.data(), environ) != 0 ||
        ::wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0)
        qFatal("%s failed", argv.front());
    return cpuIn(usage);
}

double numberOfChild(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    bool isNumber = false;
    const bool hasEnded = process.waitForFinished() && process.exitCode() == 0;
    const double number = process.readAllStandardOutput().trimmed().toDouble(&isNumber);
    if (!hasEnded || !isNumber)
        qFatal("%s failed", qPrintable(program));
    return number;
}

} // namespace vitrine::bench
