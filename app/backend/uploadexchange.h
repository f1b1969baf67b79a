// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"
#include "app/backend/services.h"

namespace vitrine::backend {

/// Begins POST /api/admin/upload: refuses by the head what can be refused, else gives the exchange
/// that streams the form to the disk and makes it an image.
http::Opened openUpload(const Services& services, const http::RequestHead& head);

} // namespace vitrine::backend
