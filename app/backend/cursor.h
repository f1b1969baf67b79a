// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

namespace vitrine::backend {

/// Where a listing goes on, as clients carry it: opaque, and stable while images come and go,
/// because it names a place in the order and not a count.
QString cursorFromSequence(qint64 sequence);

/// The sequence before which the next page begins; the largest one for an empty cursor.
/// Errors: InvalidInput.
Result<qint64> sequenceFromCursor(const QString& cursor);

} // namespace vitrine::backend
