// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace vitrine::backend {

/// The raw SHA-256 out of a Content-Digest (RFC 9530), `sha-256=:<base64>:`; empty if it has none
/// (other algorithms are passed over). Errors: InvalidInput.
Result<QByteArray> sha256FromDigestField(const QByteArray& field);

} // namespace vitrine::backend
