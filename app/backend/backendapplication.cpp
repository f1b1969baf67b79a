// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/backendapplication.h"

#include "app/backend/answers.h"
#include "app/backend/routes.h"
#include "app/protocol/endpoints.h"

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

bool changesSomething(const QByteArray& method)
{
    return method != "GET" && method != "HEAD";
}

} // namespace

BackendApplication::BackendApplication(const Services& services) : m_services(services)
{
    addPublicRoutes(m_router, m_services);
    addAdminRoutes(m_router, m_services);
}

std::optional<http::Response> BackendApplication::recall(const http::RequestHead& head)
{
    return recalledVariant(m_services, head);
}

http::Opened BackendApplication::open(const http::RequestHead& received)
{
    http::RequestHead head = received;
    head.path = canonical(received.path);
    if (isBehindGate(head.path) && m_services.gate.judge(head.headers) != Gate::Verdict::Passed)
        return accessDenied();
    // Browsers send Origin with what a page asks them to change. No page is a client of this
    // server.
    if (changesSomething(head.method) && head.headers.contains("Origin"))
        return problemAnswer(403, u"Web pages cannot change anything here."_s);
    return m_router.open(head);
}

http::Response BackendApplication::problem(int status, const QString& detail) const
{
    return problemAnswer(status, detail);
}

} // namespace vitrine::backend
