// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/workerprocess.h"

#include "app/base/log.h"
#include "app/decoding/launch.h"
#include "app/decoding/wire.h"

#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A cold start reads some fifty libraries from a disk that may be slow.
constexpr auto kPatienceForStart = 30s;
/// How often the patience is renewed for a worker that did not get its share of the processor.
constexpr int kTurns = 4;

/// What the way in which a process ended tells about its last job.
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

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerTerms& terms)
{
    auto line = Channel::makePair();
    if (!line)
        return failure(ErrorKind::DecoderMissing, line.error().detail);
    Result<pid_t> process = failure(ErrorKind::Internal);
    {
        // Its end must be closed here, or its death would never be seen.
        const Channel itsEnd = std::move(line->second);
        process = launch(terms, itsEnd);
    }
    if (!process)
        return failure(process.error());
    std::unique_ptr<WorkerProcess> worker(
        new WorkerProcess(*process, std::move(line->first), terms));
    if (auto greeted = worker->greet(); !greeted)
        return failure(greeted.error());
    return worker;
}

WorkerProcess::~WorkerProcess()
{
    kill();
}

Result<void> WorkerProcess::greet()
{
    const auto message = m_channel.receive(kPatienceForStart);
    const auto start = message ? startFromWire(*message) : std::nullopt;
    if (!start)
        return failure(ErrorKind::DecoderMissing, causeOfDeath().detail);
    if (*start == Start::Refused)
        return failure(ErrorKind::SandboxRefused);
    if (*start == Start::Unconfined)
        qCWarning(logDecoding) << "pictures are read without a sandbox, as the settings allow";
    return {};
}

bool WorkerProcess::ask(const QByteArray& job, int file)
{
    --m_picturesLeft;
    m_timeBefore = processorTime();
    if (m_channel.send(job, file))
        return true;
    kill();
    return false;
}

Result<Message> WorkerProcess::answer()
{
    for (int turn = 0; turn < kTurns; ++turn) {
        auto message = m_channel.receive(m_patience);
        if (message)
            return message;
        if (message.error().kind != ErrorKind::TimedOut)
            return failure(causeOfDeath());
        const bool hadItsShare = processorTime() - m_timeBefore > m_patience * 4 / 5;
        if (hadItsShare)
            break;
    }
    kill();
    return failure(ErrorKind::DecoderTooSlow, u"it took longer than allowed"_s);
}

std::chrono::nanoseconds WorkerProcess::processorTime() const
{
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(m_process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return 0ns;
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void WorkerProcess::kill()
{
    if (isAlive())
        causeOfDeath();
}

/// Ends it if need be, and reaps it: no zombie stays.
Error WorkerProcess::causeOfDeath()
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
