// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/sha256.h"

#include <QIODevice>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace vitrine {
namespace {

constexpr qint64 kReadSize = 256 * 1024; // stays in the processor's cache

// A thread of a pool may still be on its way out when main has returned (QThread's wait ends before
// the thread's own data are freed). OpenSSL's clean-up at exit would take from it what it needs to
// free them; so there is none, and the system takes back the memory. OpenSSL heeds this only at its
// very first call in a process, so it stands before main.
[[maybe_unused]] const int cleanUpAtExit = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);

} // namespace

// OpenSSL and not Qt: it uses the processor's SHA instructions, some five times faster where every
// byte that is shared passes, on either side, and every address is signed.

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

bool Sha256::addRestOf(QIODevice& device)
{
    QByteArray piece(kReadSize, Qt::Uninitialized);
    while (!device.atEnd()) {
        const qint64 length = device.read(piece.data(), piece.size());
        if (length <= 0)
            return false;
        add(QByteArrayView(piece).first(length));
    }
    return true;
}

QByteArray Sha256::result()
{
    QByteArray digest(kDigestBytes, Qt::Uninitialized);
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<uchar*>(digest.data()), nullptr);
    return digest;
}

QByteArray sha256(QByteArrayView bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.result();
}

std::optional<QByteArray> sha256OfRest(QIODevice& device)
{
    Sha256 hash;
    return hash.addRestOf(device) ? std::optional(hash.result()) : std::nullopt;
}

} // namespace vitrine
