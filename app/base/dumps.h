// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// From now on no crash of this process leaves its memory in a file, and no other program of the
/// same person reads it: sign-ins are in there. Unless VITRINE_DUMPS=1 stands in the environment,
/// for those who look for a mistake. First thing in main().
void forbidDumps();

} // namespace vitrine
