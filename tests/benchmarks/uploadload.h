// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/report.h"

namespace vitrine::bench {

/// Photos of 5 MB shared at several connections, next to the same work by hand on as many threads:
/// SHA-256, one decode with three encodes, and a plain write with fsync; and, where the server is
/// told what is in them instead of decoding, that write alone.
void measureUploads(Report& report);

} // namespace vitrine::bench
