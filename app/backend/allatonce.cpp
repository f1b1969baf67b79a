// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/allatonce.h"

#include <future>

namespace vitrine::backend {

Result<void> allAtOnce(const std::vector<Step>& steps)
{
    std::vector<std::future<Result<void>>> others;
    for (size_t i = 1; i < steps.size(); ++i)
        others.push_back(std::async(steps[i])); // later on this thread where there is no other
    Result<void> outcome = steps.front()();
    for (auto& other : others) {
        const Result<void> result = other.get();
        if (outcome && !result)
            outcome = result;
    }
    return outcome;
}

} // namespace vitrine::backend
