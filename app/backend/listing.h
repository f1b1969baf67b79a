// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"
#include "app/backend/services.h"

namespace vitrine::backend {

/// How a listing shows an image: Delivery::forGuest or Delivery::forOwner.
using Presentation = protocol::Image (Delivery::*)(const StoredImage&, const QByteArray&) const;

/// Answers `?cursor=&limit=`.
http::Response listing(const Services& services, const http::RequestHead& head,
                       Presentation presentation);

} // namespace vitrine::backend
