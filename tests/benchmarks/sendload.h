// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/report.h"

namespace vitrine::bench {

/// 1,000 photos of 2 megapixels through the outbox to the embedded backend: with preparation done,
/// against `curl --parallel` with the same files and headers; and from the source files, against
/// preparation alone. In both cases also where the server is told what is in the pictures, because
/// its decoding takes the processor that the client wants, too.
void measureSending(Report& report);

} // namespace vitrine::bench
