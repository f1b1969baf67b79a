// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

#include <QCache>
#include <QDateTime>

#include <mutex>

namespace vitrine::backend {

/// Signs and checks addresses: hex HMAC-SHA256 over "path?exp=…". An image's epoch is mixed into
/// the key, so that a new epoch revokes everything that was signed for it. Any thread.
class UrlSigner
{
public:
    explicit UrlSigner(QByteArray key) : m_key(std::move(key)) {}

    /// "path?exp=…&sig=…"
    QByteArray sign(const QByteArray& path, const QDateTime& expires,
                    const QByteArray& epoch) const;
    bool isValid(const http::RequestHead& head, const QDateTime& now,
                 const QByteArray& epoch) const;

private:
    /// A query that was right for its path, which saves working out its signature again: of a
    /// preview that is asked for by many, that would be most of the work.
    struct Proof {
        QByteArray query;
        QByteArray epoch;
        qint64 expires = 0; ///< seconds since 1970
    };
    static constexpr int kMostProofs = 4096;

    bool isProven(const http::RequestHead& head, qint64 now, const QByteArray& epoch) const;
    QByteArray signature(const QByteArray& text, const QByteArray& epoch) const;

    const QByteArray m_key;
    mutable std::mutex m_mutex;
    mutable QCache<QByteArray, Proof> m_proofs{kMostProofs}; ///< under m_mutex; the last, by path
};

} // namespace vitrine::backend
