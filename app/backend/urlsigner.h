// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

#include <QDateTime>

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
    QByteArray signature(const QByteArray& text, const QByteArray& epoch) const;

    const QByteArray m_key;
};

} // namespace vitrine::backend
