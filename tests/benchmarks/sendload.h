// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/report.h"

#include <QStringList>

namespace vitrine::bench {

/// So many photos through the outbox to the embedded backend: with preparation done, against
/// `curl --parallel` with the same files and headers, with as many at once as curl likes and as the
/// outbox may have; and from the source files, against preparation alone. The \a words choose what
/// photos, "small" or "camera" (see sendsources.h), and how the server shares the machine with the
/// client, "together", "at-once", "apart" or "aside"; of which none is named, all are measured.
void measureSending(Report& report, int photos, const QStringList& words);

} // namespace vitrine::bench
