// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing passes that our key did not sign, however it is bent.
#include "app/backend/jwtverifier.h"

#include <QJsonArray>

#include <cstdint>
#include <cstdlib>

using namespace vitrine;
using namespace vitrine::backend;

namespace {

/// An issuer and a token that passes, as the place to start bending from.
struct Issuer {
    Issuer()
        : key(*AccessKey::generate())
        , verifier([this](const QString& id) { return find(id); }, QStringLiteral("issuer"),
                   QStringLiteral("audience"), clock)
        , good(*key.sign({{QStringLiteral("iss"), QStringLiteral("issuer")},
                          {QStringLiteral("aud"), QJsonArray{QStringLiteral("audience")}},
                          {QStringLiteral("exp"), 1e12}}))
    {
        if (!isAccepted(good))
            std::abort();
    }

    Result<AccessKey> find(const QString& id) const
    {
        return id == key.id() ? AccessKey::fromJson(key.privateJwk())
                              : failure(ErrorKind::NotFound);
    }
    bool isAccepted(const QByteArray& token) const
    {
        return verifier.accepts(token).value_or(false);
    }

    const SystemClock clock;
    const AccessKey key;
    const JwtVerifier verifier;
    const QByteArray good;
};

} // namespace

// "=" stands for one part of the good token, so that header, claims and signature can be mixed
// with made-up ones.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const Issuer issuer;
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    const QList<QByteArray> good = issuer.good.split('.');
    QList<QByteArray> parts = input.split('.');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i] == "=")
            parts[i] = good.value(i);
    }
    const QByteArray token = parts.join('.');
    // A signature may be written with other spare bits at its end; what it signs may not.
    const bool isOurs = parts.value(0) == good[0] && parts.value(1) == good[1];
    if (issuer.isAccepted(token) && !isOurs)
        std::abort();
    return 0;
}
