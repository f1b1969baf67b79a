// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/sha256.h"

namespace vitrine::backend {

/// From the system's generator for secrets.
QByteArray randomBytes(int count);

/// Raw HMAC-SHA256.
QByteArray hmacSha256(const QByteArray& key, const QByteArray& message);

/// Takes the same time wherever the two differ.
bool isEqualConstantTime(const QByteArray& left, const QByteArray& right);

} // namespace vitrine::backend
