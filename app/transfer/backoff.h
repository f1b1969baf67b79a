// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/transfer/transfer.h"

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

/// What is left at \a now (UTC) of the time for which the server asked to be left alone, however
/// long ago that was; never more than a server may ask for.
std::chrono::milliseconds askedTimeLeft(const Transfer& transfer, const QDateTime& now);

} // namespace vitrine::transfer
