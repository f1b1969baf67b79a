// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/router.h"
#include "app/backend/services.h"

namespace vitrine::backend {

/// A variant that was given out before and may be again. Does not block.
std::optional<http::Response> recalledVariant(const Services& services,
                                              const http::RequestHead& head);
/// What everybody may ask for. \a services must outlive the router.
void addPublicRoutes(Router& router, const Services& services);
/// What is behind the gate, under /api/admin/. \a services must outlive the router.
void addAdminRoutes(Router& router, const Services& services);

} // namespace vitrine::backend
