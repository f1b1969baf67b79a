// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/router.h"

#include "app/backend/answers.h"

#include <QUrl>

#include <algorithm>
#include <optional>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

/// What stands for the "*"; empty text for a pattern without one; nullopt if it does not match.
std::optional<QByteArrayView> match(QByteArrayView pattern, QByteArrayView path)
{
    if (!pattern.endsWith('*'))
        return pattern == path ? std::optional(QByteArrayView()) : std::nullopt;
    const bool isDeep = pattern.endsWith("**");
    const qsizetype fixed = pattern.size() - (isDeep ? 2 : 1);
    if (path.size() <= fixed || !path.startsWith(pattern.first(fixed)))
        return std::nullopt;
    const QByteArrayView rest = path.sliced(fixed);
    return isDeep || !rest.contains('/') ? std::optional(rest) : std::nullopt;
}

http::Response optionsAnswer()
{
    http::Response response;
    response.status = 204;
    return response;
}

} // namespace

void Router::add(QByteArray method, QByteArray pattern, Handler handler)
{
    m_routes.push_back({std::move(method), std::move(pattern), std::move(handler)});
}

http::Opened Router::open(const http::RequestHead& head) const
{
    const QByteArray method = head.method == "HEAD" ? QByteArray("GET") : head.method;
    QList<QByteArray> known;
    for (const Route& route : m_routes) {
        const auto argument = match(route.pattern, head.path);
        if (!argument)
            continue;
        if (route.method == method)
            return route.handler({head, QUrl::fromPercentEncoding(argument->toByteArray())});
        known += route.method == "GET" ? QList<QByteArray>{"GET", "HEAD"}
                                       : QList<QByteArray>{route.method};
    }
    if (known.isEmpty())
        return problemAnswer(404, u"There is nothing at this address."_s);
    known.append("OPTIONS");
    http::Response response =
        method == "OPTIONS" ? optionsAnswer() : problemAnswer(405, u"This cannot be done here."_s);
    response.headers.add("Allow", known.join(", "));
    return response;
}

QByteArray Router::patternOf(const QByteArray& path) const
{
    const auto found = std::find_if(m_routes.cbegin(), m_routes.cend(), [&](const Route& route) {
        return match(route.pattern, path).has_value();
    });
    return found == m_routes.cend() ? QByteArrayLiteral("-") : found->pattern;
}

std::optional<http::Response> BufferedExchange::take(QByteArrayView piece)
{
    if (m_body.size() + piece.size() > m_limit)
        return problemAnswer(413, u"The request is too large."_s);
    m_body.append(piece);
    return std::nullopt;
}

} // namespace vitrine::backend
