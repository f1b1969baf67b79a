// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/backoff.h"

#include "app/api/retrypolicy.h"

#include <algorithm>

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

std::chrono::milliseconds askedTimeLeft(const Transfer& transfer, const QDateTime& now)
{
    using std::chrono::milliseconds;
    const bool isAsked = transfer.error && transfer.error->retryAfter && transfer.retryAt.isValid();
    if (!isAsked || isFinished(transfer.state))
        return {};
    // By two clocks that may have been set in between: no longer than it was to be in all.
    const milliseconds left(now.msecsTo(transfer.retryAt));
    const auto most =
        std::min(*transfer.error->retryAfter, api::RetryPolicy::forSending().mostAsked());
    return std::clamp(left, milliseconds(0), std::max(most, milliseconds(0)));
}

} // namespace vitrine::transfer
