// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/urlsigner.h"

#include "app/backend/crypto.h"

namespace vitrine::backend {

using namespace Qt::StringLiterals;

QByteArray UrlSigner::sign(const QByteArray& path, const QDateTime& expires,
                           const QByteArray& epoch) const
{
    const qint64 seconds = expires.toSecsSinceEpoch();
    {
        const std::scoped_lock lock(m_mutex);
        const Proof* proof = m_proofs.object(path);
        if (proof && proof->epoch == epoch && proof->expires == seconds)
            return path + '?' + proof->query;
    }
    const QByteArray start = "exp=" + QByteArray::number(seconds);
    const QByteArray query = start + "&sig=" + signature(path + '?' + start, epoch);
    const std::scoped_lock lock(m_mutex);
    m_proofs.insert(path, new Proof{query, epoch, seconds});
    return path + '?' + query;
}

bool UrlSigner::isValid(const http::RequestHead& head, const QDateTime& now,
                        const QByteArray& epoch) const
{
    const qint64 seconds = now.toSecsSinceEpoch();
    if (isProven(head, seconds, epoch))
        return true;
    const QByteArray expires = head.parameter(u"exp"_s).toLatin1();
    const QByteArray text = head.path + "?exp=" + expires;
    const QByteArray given = head.parameter(u"sig"_s).toLatin1();
    if (!isEqualConstantTime(signature(text, epoch), given) || expires.toLongLong() <= seconds)
        return false;
    // sign() gives these out again: only what it could have written itself.
    if (head.query == "exp=" + expires + "&sig=" + given) {
        const std::scoped_lock lock(m_mutex);
        m_proofs.insert(head.path, new Proof{head.query, epoch, expires.toLongLong()});
    }
    return true;
}

bool UrlSigner::isProven(const http::RequestHead& head, qint64 now, const QByteArray& epoch) const
{
    const std::scoped_lock lock(m_mutex);
    const Proof* proof = m_proofs.object(head.path);
    return proof && proof->epoch == epoch && proof->expires > now &&
           isEqualConstantTime(proof->query, head.query);
}

QByteArray UrlSigner::signature(const QByteArray& text, const QByteArray& epoch) const
{
    return hmacSha256(hmacSha256(m_key, epoch), text).toHex();
}

} // namespace vitrine::backend
