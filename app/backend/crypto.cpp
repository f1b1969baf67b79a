// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace vitrine::backend {

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<uchar*>(bytes.data()), count) != 1)
        qFatal("the system gives no random numbers"); // nothing could be kept secret
    return bytes;
}

QByteArray hmacSha256(const QByteArray& key, const QByteArray& message)
{
    QByteArray code(kDigestBytes, Qt::Uninitialized);
    HMAC(EVP_sha256(), key.constData(), int(key.size()),
         reinterpret_cast<const uchar*>(message.constData()), size_t(message.size()),
         reinterpret_cast<uchar*>(code.data()), nullptr);
    return code;
}

bool isEqualConstantTime(const QByteArray& left, const QByteArray& right)
{
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.constData(), right.constData(), size_t(left.size())) == 0;
}

} // namespace vitrine::backend
