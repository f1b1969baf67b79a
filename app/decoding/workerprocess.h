// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/channel.h"
#include "app/decoding/childprocess.h"
#include "app/decoding/tray.h"
#include "app/decoding/wire.h"
#include "app/decoding/workerterms.h"

namespace vitrine::decoding {

/// One worker, which reads a few pictures and ends. Used by one thread at a time.
class WorkerProcess
{
public:
    /// Takes over what Zygote::fork() made.
    WorkerProcess(pid_t process, Channel line, Tray tray, const WorkerTerms& terms);

    /// From now on it reads what nobody waits for, when the machine has nothing else to do. That
    /// may take longer than with others, but no more processor time.
    void yieldToOthers();
    /// Hands a picture over. False if the worker had died before, which is no fault of the picture.
    bool ask(const imaging::PictureSource& source, const imaging::ReadOrder& order);
    /// Waits for what it finds. Errors: those of the picture, and DecoderTooSlow, MemoryExhausted,
    /// DecoderCrashed; after each of these the worker is gone.
    Result<imaging::Findings> answer();
    /// Ends it: it is not to be trusted, or no longer needed.
    void kill() { m_process.end(); }

    bool isAlive() const { return m_process.isAlive(); }
    /// It may read no further picture.
    bool isSpent() const;

private:
    Result<void> send(const imaging::PictureSource& source);
    Result<Message> receive();

    ChildProcess m_process;
    const Channel m_line;
    Tray m_tray;
    const std::chrono::milliseconds m_patience;
    const std::chrono::milliseconds m_mostIdle;
    int m_picturesLeft;
    int m_turns;
    Job m_job;                                // the last that was asked
    std::chrono::nanoseconds m_timeBefore{0}; // processor time at the last ask()
    std::chrono::steady_clock::time_point m_lastUse;
};

} // namespace vitrine::decoding
