// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/report.h"

namespace vitrine::bench {

/// What 20,000 dropped files cost the thread of the window, and the memory: first while they are
/// looked at before sharing, then once they are handed to the outbox.
void measureDrop(Report& report);

} // namespace vitrine::bench
