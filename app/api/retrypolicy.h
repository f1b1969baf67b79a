// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <chrono>
#include <functional>
#include <optional>

namespace vitrine::api {

/// Whether and when a request that failed is sent once more. The one place that knows: ApiClient
/// asks it for what only reads, the outbox for what it keeps until it has arrived (uploads with
/// their key, edits, deletes). Nothing else is ever sent twice. A value; any thread.
class RetryPolicy
{
public:
    struct Terms {
        int tries = 1;                         ///< in all, the first one included
        std::chrono::milliseconds first{};     ///< wait before the second; doubled each time
        std::chrono::milliseconds longest{};   ///< what doubling ends at
        std::chrono::milliseconds mostAsked{}; ///< a server that wants a longer wait gets no retry
    };
    /// A number from 0 up to 1, evenly spread.
    using Random = std::function<double()>;

    explicit RetryPolicy(const Terms& terms, Random random = {});

    static RetryPolicy never() { return RetryPolicy(Terms()); }
    /// Somebody may be waiting: three tries within some seconds.
    static RetryPolicy forReading();
    /// Some two minutes of a server in trouble, and as long as one says itself.
    static RetryPolicy forSending();

    /// The wait after the try number \a tries ended in \a error, or nothing if that was the last:
    /// what the server asked for, else backoff().
    std::optional<std::chrono::milliseconds> waitAfter(const Error& error, int tries) const;

    std::chrono::milliseconds mostAsked() const { return m_terms.mostAsked; }

    /// Exponential, with up to a quarter added at random so that clients do not come back in step.
    std::chrono::milliseconds backoff(int tries) const;

private:
    Terms m_terms;
    Random m_random;
};

} // namespace vitrine::api
