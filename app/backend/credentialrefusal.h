// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/services.h"

namespace vitrine::backend {

/// How a credential is refused that is no good: as Access says no, counted, and with a wait that
/// grows with the refusals of the same network.
http::Response refuseCredential(const Services& services, const http::RequestHead& head);

} // namespace vitrine::backend
