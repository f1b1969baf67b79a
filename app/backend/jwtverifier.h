// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/accesskey.h"
#include "app/base/clock.h"

#include <functional>

namespace vitrine::backend {

/// Decides whether a token of a person or a machine opens this application. Any thread.
class JwtVerifier
{
public:
    /// Finds a key whose signatures count by its id. Any thread. NotFound: there is none.
    using FindKey = std::function<Result<AccessKey>(const QString& id)>;

    /// \a clock must outlive it.
    JwtVerifier(FindKey findKey, QString issuer, QString audience, const Clock& clock);

    /// RS256 by a key of ours under its kid, issued by and for us, valid now. Anything else, and
    /// anything that leaves a doubt, is false. Errors: those of the search for the key.
    Result<bool> accepts(const QByteArray& token) const;

private:
    bool acceptsClaims(const QJsonObject& claims) const;

    const FindKey m_findKey;
    const QString m_issuer;
    const QString m_audience;
    const Clock& m_clock;
};

} // namespace vitrine::backend
