// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/connections.h"

namespace vitrine::backend {

/// What a data directory is, for ever: made at its first start, read at every other.
struct Identity {
    QString issuer;    ///< "iss" of its Access tokens
    QString audience;  ///< "aud" of its Access application
    QString account;   ///< the first part of its delivery addresses
    QByteArray urlKey; ///< signs addresses
};

/// Also makes the first key of the Access issuer. Errors: Storage, Internal.
Result<Identity> loadIdentity(Connections& connections);

} // namespace vitrine::backend
