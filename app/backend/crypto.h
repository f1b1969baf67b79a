// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

struct evp_md_ctx_st;

namespace vitrine::backend {

/// From the system's generator for secrets.
QByteArray randomBytes(int count);

inline constexpr qsizetype kDigestBytes = 32; ///< of a raw SHA-256

/// Raw SHA-256 of \a bytes.
QByteArray sha256(QByteArrayView bytes);

/// Raw HMAC-SHA256.
QByteArray hmacSha256(const QByteArray& key, const QByteArray& message);

/// Takes the same time wherever the two differ.
bool isEqualConstantTime(const QByteArray& left, const QByteArray& right);

/// SHA-256 of what arrives in pieces.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    void add(QByteArrayView piece);
    /// Raw; once.
    QByteArray result();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    const std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace vitrine::backend
