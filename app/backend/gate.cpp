// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/gate.h"

#include "app/backend/tokenrows.h"
#include "app/protocol/endpoints.h"

#include <algorithm>
#include <array>

namespace vitrine::backend {
namespace {

namespace header = protocol::header;

constexpr std::array kSingleHeaders{header::kAccessClientId, header::kAccessClientSecret,
                                    header::kAccessToken, header::kAccessAssertion};

QList<QByteArray> accessCookies(const http::Headers& headers)
{
    const QByteArray prefix = QByteArray(header::kAccessCookie) + '=';
    QList<QByteArray> found;
    for (const QByteArray& line : headers.values("Cookie")) {
        for (const QByteArray& cookie : line.split(';')) {
            if (cookie.trimmed().startsWith(prefix))
                found.append(cookie.trimmed().mid(prefix.size()));
        }
    }
    return found;
}

} // namespace

Gate::Gate(Connections& connections, const JwtVerifier& verifier)
    : m_connections(connections), m_verifier(verifier)
{}

Result<Gate::Verdict> Gate::judge(const http::Headers& headers) const
{
    const QList<QByteArray> cookies = accessCookies(headers);
    // Two of a kind: this gate and whoever stands before it could each believe another one.
    const bool isAmbiguous = cookies.size() > 1 ||
                             std::any_of(kSingleHeaders.begin(), kSingleHeaders.end(),
                                         [&](const char* name) { return headers.count(name) > 1; });
    if (isAmbiguous)
        return Verdict::Refused;
    const auto verdict = [](bool isGood) { return isGood ? Verdict::Passed : Verdict::Refused; };
    if (headers.contains(header::kAccessClientId) || headers.contains(header::kAccessClientSecret))
        return acceptsServiceToken(headers).map(verdict);
    const QList<QByteArray> tokens =
        headers.values(header::kAccessAssertion) + headers.values(header::kAccessToken) + cookies;
    return tokens.isEmpty() ? Verdict::Guest : acceptsAll(tokens).map(verdict);
}

Result<bool> Gate::acceptsServiceToken(const http::Headers& headers) const
{
    return m_connections.read([&](SQLite::Database& database) -> Result<bool> {
        return tokens::accepts(database, headers.value(header::kAccessClientId),
                               headers.value(header::kAccessClientSecret));
    });
}

Result<bool> Gate::acceptsAll(const QList<QByteArray>& tokens) const
{
    for (const QByteArray& token : tokens) {
        const auto accepted = m_verifier.accepts(token);
        if (!accepted || !*accepted)
            return accepted;
    }
    return true;
}

} // namespace vitrine::backend
