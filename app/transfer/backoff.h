// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <chrono>

namespace vitrine::transfer {

/// How long to wait before try number \a attempts + 1: 1 s, doubled each time, 60 s at most, with
/// up to a quarter added at random so that clients do not come back in step.
std::chrono::milliseconds backoff(int attempts);

/// The line was lost, or nobody is signed in: nothing is wrong with the transfer, and as soon as
/// that is mended it goes on.
bool waitsForTheLine(const Error& error);

/// Whether a transfer that ended in \a error for the \a attempts th time is tried again by itself:
/// without end while it waits for the line, a few times where the server is in trouble.
bool mayTryAgain(const Error& error, int attempts);

} // namespace vitrine::transfer
