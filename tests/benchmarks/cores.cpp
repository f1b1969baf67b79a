// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/cores.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

void keepTo(const cpu_set_t& cores)
{
    const QDir threads(u"/proc/self/task"_s);
    for (const QString& thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        sched_setaffinity(pid_t(thread.toInt()), sizeof cores, &cores);
}

} // namespace

OneCore::OneCore(int core)
{
    sched_getaffinity(0, sizeof m_before, &m_before);
    moveTo(core);
}

OneCore::~OneCore()
{
    keepTo(m_before);
}

void OneCore::moveTo(int core)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    keepTo(cores);
}

} // namespace vitrine::bench
