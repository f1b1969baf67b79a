// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::cli {

inline constexpr int kAllDone = 0;
inline constexpr int kSomeFailed = 1;
inline constexpr int kUsage = 2; ///< a mistake in the command

} // namespace vitrine::cli
