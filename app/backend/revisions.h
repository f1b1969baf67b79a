// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"
#include "app/base/result.h"

namespace vitrine::backend {

/// The revisions in If-Match: `"3"` or a list of such. Empty without the header and for `*`: any
/// will do. A weak tag never matches (it is in the list as 0, which no image has).
/// Errors: InvalidInput.
Result<QList<qint64>> revisionsFrom(const http::Headers& headers);

} // namespace vitrine::backend
