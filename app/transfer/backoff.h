// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace vitrine::transfer {

/// How long to wait before try number \a attempts + 1: 1 s, doubled each time, 60 s at most, with
/// up to a quarter added at random so that clients do not come back in step.
std::chrono::milliseconds backoff(int attempts);

} // namespace vitrine::transfer
