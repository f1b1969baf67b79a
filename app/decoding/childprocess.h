// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <sys/types.h>

#include <chrono>

namespace vitrine::decoding {

/// A child of this program: killed and reaped here, so that no zombie stays. One thread at a time.
class ChildProcess
{
public:
    explicit ChildProcess(pid_t process) : m_process(process) {}
    ~ChildProcess() { end(); }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    bool isAlive() const { return m_process > 0; }
    /// Of all its threads, until now.
    std::chrono::nanoseconds processorTime() const;
    /// As nice(2) has it: 19 yields to all others. Of threads that it has not started yet, too.
    void setNiceness(int niceness) const;
    /// Kills it if need be, and reaps it. Gives what the way in which it ended tells about its last
    /// job: DecoderTooSlow or DecoderCrashed.
    Error end();

private:
    pid_t m_process; // 0 once it is reaped
};

} // namespace vitrine::decoding
