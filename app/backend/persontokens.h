// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <chrono>

namespace vitrine::backend {

/// Issues a token of a person (a JWT, RS256) for the backend in \a dataDirectory, as `cloudflared
/// access token` gives one for a deployment. A running server accepts it at once; nothing of it is
/// kept, and nothing takes it back but its end and an exchange of the key. Blocks on the disk.
/// Errors: InvalidInput (no address), Storage, PermissionDenied.
Result<access::Secret> issuePersonToken(const QString& dataDirectory, const QString& email,
                                        std::chrono::seconds life);

} // namespace vitrine::backend
