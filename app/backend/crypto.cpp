// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace vitrine::backend {
namespace {

// A thread of a pool may still be on its way out when main has returned (QThread's wait ends before
// the thread's own data are freed). OpenSSL's clean-up at exit would take from it what it needs to
// free them; so there is none, and the system takes back the memory. OpenSSL heeds this only at its
// very first call in a process, so it stands before main.
[[maybe_unused]] const int cleanUpAtExit = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);

} // namespace

// OpenSSL and not Qt, for hashes, too: it uses the processor's SHA instructions, some five times
// faster where every uploaded byte passes and every address is signed.

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<uchar*>(bytes.data()), count) != 1)
        qFatal("the system gives no random numbers"); // nothing could be kept secret
    return bytes;
}

QByteArray sha256(QByteArrayView bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.result();
}

QByteArray hmacSha256(const QByteArray& key, const QByteArray& message)
{
    QByteArray code(32, Qt::Uninitialized);
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

Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

void Sha256::Free::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

void Sha256::add(QByteArrayView piece)
{
    EVP_DigestUpdate(m_context.get(), piece.data(), size_t(piece.size()));
}

QByteArray Sha256::result()
{
    QByteArray digest(32, Qt::Uninitialized);
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<uchar*>(digest.data()), nullptr);
    return digest;
}

} // namespace vitrine::backend
