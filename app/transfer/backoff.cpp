// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/backoff.h"

#include "app/api/retrypolicy.h"

namespace vitrine::transfer {

bool waitsForTheLine(const Error& error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::TimedOut ||
           error.kind == ErrorKind::SignInRequired;
}

bool leavesInDoubt(const Error& error)
{
    return isRetryable(error.kind) && error.kind != ErrorKind::RateLimited;
}

std::optional<std::chrono::milliseconds> waitAfter(const Error& error, int attempts)
{
    const auto policy = api::RetryPolicy::forSending();
    if (waitsForTheLine(error))
        return error.retryAfter.value_or(policy.backoff(attempts));
    return policy.waitAfter(error, attempts);
}

} // namespace vitrine::transfer
