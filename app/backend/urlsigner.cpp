// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/urlsigner.h"

#include "app/backend/crypto.h"

namespace vitrine::backend {

using namespace Qt::StringLiterals;

QByteArray UrlSigner::sign(const QByteArray& path, const QDateTime& expires,
                           const QByteArray& epoch) const
{
    const QByteArray text = path + "?exp=" + QByteArray::number(expires.toSecsSinceEpoch());
    return text + "&sig=" + signature(text, epoch);
}

bool UrlSigner::isValid(const http::RequestHead& head, const QDateTime& now,
                        const QByteArray& epoch) const
{
    const QByteArray expires = head.parameter(u"exp"_s).toLatin1();
    const QByteArray text = head.path + "?exp=" + expires;
    const QByteArray given = head.parameter(u"sig"_s).toLatin1();
    return isEqualConstantTime(signature(text, epoch), given) &&
           expires.toLongLong() > now.toSecsSinceEpoch();
}

QByteArray UrlSigner::signature(const QByteArray& text, const QByteArray& epoch) const
{
    return hmacSha256(hmacSha256(m_key, epoch), text).toHex();
}

} // namespace vitrine::backend
