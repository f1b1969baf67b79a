// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/confinement.h"

#include "app/decoding/worker/filter.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace vitrine::decoding {
namespace {

constexpr rlim_t kMostFiles = 64; // the line, the tray, a picture, what libraries hold open

void lower(__rlimit_resource resource, rlim_t value)
{
    const rlimit limit{.rlim_cur = value, .rlim_max = value};
    ::setrlimit(resource, &limit);
}

} // namespace

bool confine(qint64 memory)
{
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    lower(RLIMIT_CORE, 0);
    lower(RLIMIT_NOFILE, kMostFiles);
    if (memory > 0)
        lower(RLIMIT_AS, rlim_t(memory));
    return loadZygoteFilter();
}

void limitProcessorTime(std::chrono::milliseconds more)
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(more);
    // The kernel counts whole seconds.
    const auto until = used.ru_utime.tv_sec + used.ru_stime.tv_sec + 2 + seconds.count();
    const rlimit limit{.rlim_cur = rlim_t(until), .rlim_max = RLIM_INFINITY};
    ::setrlimit(RLIMIT_CPU, &limit);
}

} // namespace vitrine::decoding
