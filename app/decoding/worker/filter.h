// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sched.h>

#include <csignal>

namespace vitrine::decoding {

/// How the zygote divides, and the only way in which it may: the new process is a child of the
/// program, which reaps it.
inline constexpr int kForkFlags = CLONE_PARENT | SIGCHLD;

/// From now on the kernel answers this process, and every thread of it, only what decoding needs,
/// and what it takes to divide and to load the other filter. False if the machine does not allow
/// that.
bool loadZygoteFilter();

/// For a process that the zygote made: takes those two away as well.
bool loadWorkerFilter();

} // namespace vitrine::decoding
