// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/childprocess.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Error errorFrom(int status)
{
    if (WIFEXITED(status))
        return {
            ErrorKind::DecoderCrashed, u"it ended by itself (%1)"_s.arg(WEXITSTATUS(status)), {}};
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU)
        return {ErrorKind::DecoderTooSlow, u"its processor time was used up"_s, {}};
    const QString name = QString::fromLatin1(sigabbrev_np(signal));
    if (signal == SIGSYS)
        return {ErrorKind::DecoderCrashed, u"it tried what decoders have no need of"_s, {}};
    return {ErrorKind::DecoderCrashed, u"it died of SIG"_s + name, {}};
}

} // namespace

void ChildProcess::setNiceness(int niceness) const
{
    if (isAlive())
        ::setpriority(PRIO_PROCESS, id_t(m_process), niceness);
}

std::chrono::nanoseconds ChildProcess::processorTime() const
{
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(m_process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return 0ns;
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Error ChildProcess::end()
{
    if (!isAlive())
        return {ErrorKind::DecoderCrashed, u"it was gone"_s, {}}; // kill(0) would end ourselves
    int status = 0;
    ::kill(m_process, SIGKILL); // does nothing to one that is dead already
    while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
    }
    m_process = 0;
    return errorFrom(status);
}

} // namespace vitrine::decoding
