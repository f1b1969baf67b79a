// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/channel.h"

#include <QString>

#include <sys/types.h>

#include <memory>

namespace vitrine::decoding {

/// How a worker is run, and what it may use up.
struct WorkerTerms {
    QString program; ///< path of vitrine-decode
    /// For one picture, by the clock on the wall; on a machine that is so busy that the worker did
    /// not get that much processor time, up to four times as long.
    std::chrono::milliseconds patience{5'000};
    qint64 memory = 1'500'000'000; ///< bytes of address space
    /// After so many it is replaced, so that one that was taken over and does not show it has an
    /// end. Fewer would be safer and slower: a start takes as long as three photographs.
    int pictures = 500;
    /// Where the machine allows no filter: read all the same. A hostile picture that takes over a
    /// decoder can then do whatever this person can.
    bool allowsUnconfined = false;
};

/// One worker: started here, killed and reaped here. Used by one thread at a time.
class WorkerProcess
{
public:
    /// Blocks until the worker has shut itself in and is ready.
    /// Errors: DecoderMissing (it does not start), SandboxRefused (the machine allows no filter).
    static Result<std::unique_ptr<WorkerProcess>> start(const WorkerTerms& terms);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Hands a job over. False if the worker had died before, which is no fault of the job.
    bool ask(const QByteArray& job, int file);
    /// Waits for the answer to it. Errors: DecoderTooSlow, MemoryExhausted, DecoderCrashed;
    /// after each the worker is gone.
    Result<Message> answer();
    /// Ends it: it is not to be trusted, or no longer needed.
    void kill();

    bool isAlive() const { return m_process > 0; }
    /// It may read no further picture.
    bool isSpent() const { return m_picturesLeft <= 0; }

private:
    WorkerProcess(pid_t process, Channel channel, const WorkerTerms& terms)
        : m_process(process)
        , m_channel(std::move(channel))
        , m_patience(terms.patience)
        , m_picturesLeft(terms.pictures)
    {}
    Result<void> greet();
    std::chrono::nanoseconds processorTime() const;
    Error causeOfDeath();

    pid_t m_process; // 0 once it is reaped
    const Channel m_channel;
    const std::chrono::milliseconds m_patience;
    int m_picturesLeft;
    std::chrono::nanoseconds m_timeBefore{0}; // processor time at the last ask()
};

} // namespace vitrine::decoding
