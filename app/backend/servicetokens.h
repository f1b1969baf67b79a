// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <QDateTime>

namespace vitrine::backend {

/// Whether a token outlives the run it was made for.
enum class TokenLife {
    Kept,   ///< until revoked: it is kept in a keyring
    ThisRun ///< until the next server start on this data directory: there is no keyring
};

/// Issues a service token for the backend in \a dataDirectory, whether or not it is running (a
/// running one accepts it at once). Only a hash of the secret is stored. Blocks on the disk.
Result<access::ServiceToken> issueServiceToken(const QString& dataDirectory, const QString& name,
                                               TokenLife life);

/// Makes a token that was to be kept one for this run only: its keyring did not take it. Blocks on
/// the disk.
Result<void> limitToThisRun(const QString& dataDirectory, const QString& clientId);

/// What is kept of a service token and may be shown.
struct ServiceTokenInfo {
    QString clientId;
    QString name;
    QDateTime created; ///< UTC; invalid if not known
    TokenLife life = TokenLife::Kept;
};
/// Oldest first. Blocks on the disk.
Result<QList<ServiceTokenInfo>> listServiceTokens(const QString& dataDirectory);
/// Whoever has it gets no further from now on, also with a running server. Blocks on the disk.
/// Errors: NotFound.
Result<void> revokeServiceToken(const QString& dataDirectory, const QString& clientId);

} // namespace vitrine::backend
