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

Gate::Verdict Gate::judge(const http::Headers& headers) const
{
    const QList<QByteArray> cookies = accessCookies(headers);
    // Two of a kind: this gate and whoever stands before it could each believe another one.
    const bool isAmbiguous = cookies.size() > 1 ||
                             std::any_of(kSingleHeaders.begin(), kSingleHeaders.end(),
                                         [&](const char* name) { return headers.count(name) > 1; });
    if (isAmbiguous)
        return Verdict::Refused;
    if (headers.contains(header::kAccessClientId) || headers.contains(header::kAccessClientSecret))
        return acceptsServiceToken(headers) ? Verdict::Passed : Verdict::Refused;

    const QList<QByteArray> tokens =
        headers.values(header::kAccessAssertion) + headers.values(header::kAccessToken) + cookies;
    if (tokens.isEmpty())
        return Verdict::Guest;
    const bool isGood =
        std::all_of(tokens.cbegin(), tokens.cend(),
                    [this](const QByteArray& token) { return m_verifier.accepts(token); });
    return isGood ? Verdict::Passed : Verdict::Refused;
}

bool Gate::acceptsServiceToken(const http::Headers& headers) const
{
    const auto accepted = m_connections.read([&](SQLite::Database& database) -> Result<bool> {
        return tokens::accepts(database, headers.value(header::kAccessClientId),
                               headers.value(header::kAccessClientSecret));
    });
    return accepted.value_or(false);
}

} // namespace vitrine::backend
