// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/accesskey.h"
#include "app/base/clock.h"

namespace vitrine::backend {

/// Decides whether a token of a person or a machine opens this application. Any thread.
class JwtVerifier
{
public:
    /// \a key and \a clock must outlive it.
    JwtVerifier(const AccessKey& key, QString issuer, QString audience, const Clock& clock);

    /// RS256 by our key under its kid, issued by and for us, valid now. Anything else, and anything
    /// that leaves a doubt, is false.
    bool accepts(const QByteArray& token) const;

private:
    bool acceptsHeader(const QJsonObject& header) const;
    bool acceptsClaims(const QJsonObject& claims) const;

    const AccessKey& m_key;
    const QString m_issuer;
    const QString m_audience;
    const Clock& m_clock;
};

} // namespace vitrine::backend
