// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/report.h"

#include <QStringList>

namespace vitrine::bench {

/// So many photos of 2 megapixels through the outbox to the embedded backend: with preparation
/// done, against `curl --parallel` with the same files and headers; and from the source files,
/// against preparation alone. The \a settings say how the server shares the machine with the
/// client: "together", "at-once", "apart", "aside"; none: all of them.
void measureSending(Report& report, int photos, const QStringList& settings);

} // namespace vitrine::bench
