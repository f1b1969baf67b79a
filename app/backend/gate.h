// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/connections.h"
#include "app/backend/http/message.h"
#include "app/backend/jwtverifier.h"

namespace vitrine::backend {

/// Who may pass: a service token pair, or an assertion that the verifier accepts. Any thread.
class Gate
{
public:
    /// \a connections and \a verifier must outlive it.
    Gate(Connections& connections, const JwtVerifier& verifier);

    enum class Verdict {
        Guest, ///< brought nothing
        Passed,
        Refused ///< brought something that is no good, or is ambiguous
    };
    /// Errors: Storage, Busy: who may pass could not be looked up.
    Result<Verdict> judge(const http::Headers& headers) const;

private:
    Result<bool> acceptsServiceToken(const http::Headers& headers) const;
    Result<bool> acceptsAll(const QList<QByteArray>& tokens) const;

    Connections& m_connections;
    const JwtVerifier& m_verifier;
};

} // namespace vitrine::backend
