// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>

namespace vitrine::api {
namespace {

using namespace std::chrono_literals;

constexpr int kMostDoublings = 20;

double machineRandom()
{
    return QRandomGenerator::global()->generateDouble();
}

} // namespace

RetryPolicy::RetryPolicy(const Terms& terms, Random random)
    : m_terms(terms), m_random(random ? std::move(random) : machineRandom)
{}

RetryPolicy RetryPolicy::forReading()
{
    return RetryPolicy({.tries = 3, .first = 500ms, .longest = 2s, .mostAsked = 5s});
}

RetryPolicy RetryPolicy::forSending()
{
    return RetryPolicy({.tries = 8, .first = 1s, .longest = 60s, .mostAsked = 24h});
}

std::optional<std::chrono::milliseconds> RetryPolicy::waitAfter(const Error& error, int tries) const
{
    if (!isRetryable(error.kind) || tries >= m_terms.tries)
        return {};
    if (error.retryAfter.value_or(0ms) > m_terms.mostAsked)
        return {};
    return error.retryAfter.value_or(backoff(tries));
}

std::chrono::milliseconds RetryPolicy::backoff(int tries) const
{
    const auto doubled = m_terms.first * (1LL << std::clamp(tries - 1, 0, kMostDoublings));
    const auto wait = std::min<std::chrono::milliseconds>(doubled, m_terms.longest);
    return wait + std::chrono::milliseconds(qint64(double(wait.count()) / 4 * m_random()));
}

} // namespace vitrine::api
