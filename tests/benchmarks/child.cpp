// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/child.h"

#include <spawn.h>
#include <sys/resource.h>
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

ChildUse runChild(const QString& program, const QStringList& arguments)
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
    constexpr double kibibytesInMegabyte = 1e6 / 1024;
    return {milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
            double(usage.ru_maxrss) / kibibytesInMegabyte};
}

} // namespace vitrine::bench
