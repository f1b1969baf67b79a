// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/accesskey.h"
#include "app/backend/connections.h"
#include "app/base/clock.h"

#include <QDateTime>

namespace vitrine::backend {

/// The key pairs of the embedded Access issuer, read from the rows each time, so that a server
/// follows at once when they are exchanged beside it. Any thread; every call blocks on the disk.
class AccessKeys
{
public:
    /// How long Access itself goes on accepting what the key before the present one signed
    /// (https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/validating-json/).
    static constexpr std::chrono::hours kUsualOverlap{7 * 24};

    /// What it is given must outlive it.
    AccessKeys(Connections& connections, const Clock& clock);

    /// The key with that id, if its signatures count now. Errors: NotFound, Storage.
    Result<AccessKey> find(const QString& id) const;
    /// What /cdn-cgi/access/certs answers: the public halves of all whose signatures count.
    /// Errors: Storage.
    Result<QJsonObject> publicKeySet() const;
    /// A token over \a claims by the key that signs. Errors: Storage, Internal.
    Result<QByteArray> sign(const QJsonObject& claims) const;

    struct Exchange {
        QString id;              ///< of the key that signs from now on
        QDateTime acceptedUntil; ///< at most: what those before it signed
    };
    /// Errors: Storage, DiskFull, Internal.
    Result<Exchange> exchange(std::chrono::seconds overlap);

private:
    Connections& m_connections;
    const Clock& m_clock;
};

/// Exchanges the key of the backend in \a dataDirectory, whether or not it is running. Blocks.
/// Errors: as AccessKeys::exchange(), PermissionDenied.
Result<AccessKeys::Exchange> exchangeAccessKey(const QString& dataDirectory,
                                               std::chrono::seconds overlap);

} // namespace vitrine::backend
