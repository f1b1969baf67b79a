// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace vitrine::transfer {

std::chrono::milliseconds backoff(int attempts)
{
    constexpr int firstMs = 1000, lastMs = 60'000;
    const int delay = std::min(lastMs, firstMs << std::clamp(attempts - 1, 0, 6));
    return std::chrono::milliseconds(delay + QRandomGenerator::global()->bounded(delay / 4));
}

bool waitsForTheLine(const Error& error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::TimedOut ||
           error.kind == ErrorKind::SignInRequired;
}

bool mayTryAgain(const Error& error, int attempts)
{
    constexpr int maxAttempts = 8; // some two minutes of a server in trouble
    return waitsForTheLine(error) || (isRetryable(error.kind) && attempts < maxAttempts);
}

} // namespace vitrine::transfer
