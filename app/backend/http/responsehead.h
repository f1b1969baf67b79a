// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

namespace vitrine::backend::http {

/// The bytes of an answer up to and with the empty line. Adds what every answer carries: the date,
/// the length, nosniff, that no page of another site may show it unless the answer says otherwise,
/// and "Connection: close" when it is the last.
QByteArray responseHead(const Response& response, bool isLast);

} // namespace vitrine::backend::http
