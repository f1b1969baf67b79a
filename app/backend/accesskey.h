// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QJsonObject>

#include <memory>

struct _cjose_jwk_int;

namespace vitrine::backend {

/// An RSA key pair of the embedded Access issuer. Any thread once it is made.
class AccessKey
{
public:
    /// Takes some 100 ms. Errors: Internal.
    static Result<AccessKey> generate();
    /// Errors: Storage (no key of ours).
    static Result<AccessKey> fromJson(const QByteArray& privateJwk);

    /// Both halves, for the data directory alone.
    QByteArray privateJwk() const;
    /// The public half, as it stands in a key set (RFC 7517).
    QJsonObject publicJwk() const;
    QString id() const; ///< "kid"

    /// A token over \a claims, signed RS256. Errors: Internal.
    Result<QByteArray> sign(const QJsonObject& claims) const;
    /// Whether \a compactJws is signed RS256 by this key.
    bool verifies(const QByteArray& compactJws) const;

private:
    struct Release {
        void operator()(_cjose_jwk_int* key) const;
    };
    using Handle = std::unique_ptr<_cjose_jwk_int, Release>;

    explicit AccessKey(Handle handle) : m_handle(std::move(handle)) {}

    Handle m_handle;
};

} // namespace vitrine::backend
