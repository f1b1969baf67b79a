// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sched.h>

namespace vitrine::bench {

/// Keeps all threads of this process to one core, with all that they start meanwhile; until it
/// ends.
class OneCore
{
public:
    explicit OneCore(int core);
    ~OneCore();
    OneCore(const OneCore&) = delete;
    OneCore& operator=(const OneCore&) = delete;

    /// What was started before stays where it is.
    void moveTo(int core);

private:
    cpu_set_t m_before;
};

} // namespace vitrine::bench
