// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/report.h"

namespace vitrine::bench {

/// Photos of 5 MB shared at several connections, next to the same work by hand on as many threads:
/// a plain write with fsync; and SHA-256, one decode with three encodes, and that write.
void measureUploads(Report& report);

} // namespace vitrine::bench
