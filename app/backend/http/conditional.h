// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

namespace vitrine::backend::http {

/// Turns a whole 200 answer with a file and an ETag into what the request's If-None-Match, Range
/// and If-Range ask for: 304, 206, 416, or the answer as it is. Several ranges give the whole file,
/// and so does one for anything but a GET.
Response conditional(const RequestHead& head, Response whole);

/// Whether the client has what \a tag names already, by its If-None-Match.
bool hasAlready(const RequestHead& head, const QByteArray& tag);

} // namespace vitrine::backend::http
