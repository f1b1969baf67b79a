// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/backendapplication.h"

#include "app/backend/answers.h"
#include "app/backend/credentialrefusal.h"
#include "app/backend/http/compression.h"
#include "app/backend/routes.h"
#include "app/protocol/endpoints.h"

#include <algorithm>
#include <array>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
namespace path = protocol::path;

/// The path as the routes know it.
QByteArray canonical(const QByteArray& path)
{
    const QByteArrayView alias(path::kAdminAlias.data(), path::kAdminAlias.size());
    if (!path.startsWith(alias))
        return path;
    return QByteArray(path::kAdmin.data(), path::kAdmin.size()) + path.mid(alias.size());
}

bool isBehindGate(const QByteArray& path)
{
    return path.startsWith(QByteArrayView(path::kAdmin.data(), path::kAdmin.size()));
}

/// What may stand in a log and in a metric of a method, which is the client's word.
QByteArray knownMethod(const QByteArray& method)
{
    constexpr std::array known{"GET", "HEAD", "POST", "PATCH", "OPTIONS"};
    const bool isKnown =
        std::any_of(known.begin(), known.end(), [&](const char* name) { return method == name; });
    return isKnown ? method : QByteArrayLiteral("-");
}

} // namespace

BackendApplication::BackendApplication(const Services& services, Origins origins, AccessLog* log)
    : m_services(services), m_origins(std::move(origins)), m_log(log)
{
    addPublicRoutes(m_router, m_services);
    addAdminRoutes(m_router, m_services);
}

std::optional<http::Response> BackendApplication::recall(const http::RequestHead& head)
{
    if (m_origins.judge(head))
        return std::nullopt; // open() says so
    return recalledVariant(m_services, head);
}

http::Opened BackendApplication::open(const http::RequestHead& received)
{
    if (auto answer = m_origins.judge(received))
        return *std::move(answer);
    http::RequestHead head = received;
    head.path = canonical(received.path);
    return isBehindGate(head.path) ? openOwners(head) : openPublic(head);
}

http::Opened BackendApplication::openOwners(const http::RequestHead& head) const
{
    const auto verdict = m_services.gate.judge(head.headers);
    if (!verdict)
        return accessUnknown(verdict.error());
    switch (*verdict) {
    case Gate::Verdict::Guest:
        return accessDenied();
    case Gate::Verdict::Refused:
        return refuseCredential(m_services, head);
    case Gate::Verdict::Passed:
        break;
    }
    return m_router.open(head);
}

http::Opened BackendApplication::openPublic(const http::RequestHead& head) const
{
    auto opened = m_router.open(head);
    if (auto* response = std::get_if<http::Response>(&opened))
        return http::compressed(head, std::move(*response));
    return opened;
}

http::Response BackendApplication::problem(int status, const QString& detail) const
{
    return problemAnswer(status, detail);
}

void BackendApplication::dress(const http::RequestHead& head, http::Response& response) const
{
    m_origins.dress(head, response);
}

void BackendApplication::served(const http::RequestHead& head, const http::Served& served)
{
    const QByteArray route = m_router.patternOf(canonical(head.path));
    const QByteArray method = knownMethod(head.method);
    m_services.metrics.count(route, method, served);
    if (m_log)
        m_log->add({QDateTime::currentDateTimeUtc(), head.peer, method, route, served});
}

void BackendApplication::connected(int change)
{
    m_services.metrics.countConnections(change);
}

} // namespace vitrine::backend
