// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace vitrine::backend {

/// A name of a server as clients write it into Host: "Bücher.example:8443" becomes
/// "xn--bcher-kva.example:8443", "2001:DB8::1" becomes "[2001:db8::1]". The port stays away where
/// \a name has none. Errors: InvalidInput (no name or address, with or without a port).
Result<QByteArray> hostField(const QString& name);

} // namespace vitrine::backend
