// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <chrono>
#include <optional>

namespace vitrine::transfer {

/// The line was lost, or nobody is signed in: nothing is wrong with the transfer, and as soon as
/// that is mended it goes on.
bool waitsForTheLine(const Error& error);

/// After this error nobody knows whether what went out arrived; any other one says that it did not.
bool leavesInDoubt(const Error& error);

/// How long a transfer that ended in \a error for the \a attempts th time waits until it is tried
/// again by itself, by api::RetryPolicy: without end while it waits for the line, a few times where
/// the server is in trouble. Nothing: no more.
std::optional<std::chrono::milliseconds> waitAfter(const Error& error, int attempts);

} // namespace vitrine::transfer
