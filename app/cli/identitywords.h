// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/claims.h"

#include <QString>

namespace vitrine::cli {

/// A sentence for people: who is signed in, and until when where that is known.
QString identityWords(const access::Identity& identity);

} // namespace vitrine::cli
