// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

namespace vitrine::backend::http {

/// \a response with its body as gzip, where that is worth it and the client takes it (RFC 9110,
/// 12.5.3). Only for what everybody may see and what repeats nothing of the request: how well a
/// secret and a stranger's guess compress together tells the secret (BREACH). Takes CPU time.
Response compressed(const RequestHead& head, Response response);

} // namespace vitrine::backend::http
