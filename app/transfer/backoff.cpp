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

} // namespace vitrine::transfer
