// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>

class QIODevice;
struct evp_md_ctx_st;

namespace vitrine {

inline constexpr qsizetype kDigestBytes = 32; ///< of a raw SHA-256

/// SHA-256 of what comes in pieces. A library of its own (vitrine_sha256), because not every
/// program should have to load OpenSSL.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    void add(QByteArrayView piece);
    /// The rest of \a device; false if that cannot be read to its end. Blocks.
    bool addRestOf(QIODevice& device);
    /// Raw; once.
    QByteArray result();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    const std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

/// Raw SHA-256 of \a bytes.
QByteArray sha256(QByteArrayView bytes);

/// Raw SHA-256 of the rest of \a device; nullopt if that cannot be read to its end. Blocks.
std::optional<QByteArray> sha256OfRest(QIODevice& device);

} // namespace vitrine
