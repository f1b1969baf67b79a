// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <functional>
#include <vector>

namespace vitrine::backend {

using Step = std::function<Result<void>()>;

/// Runs \a steps, of which there is one at least, at the same time on threads of their own, and
/// waits for all of them: a disk that several ask to flush does it once for all. Gives the first
/// error in their order.
Result<void> allAtOnce(const std::vector<Step>& steps);

} // namespace vitrine::backend
