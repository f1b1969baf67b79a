// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/accesslog.h"
#include "app/backend/http/application.h"
#include "app/backend/origins.h"
#include "app/backend/router.h"
#include "app/backend/services.h"

namespace vitrine::backend {

/// The API: web pages are sorted out, then the gate before everything of the owner's, then the
/// routes.
class BackendApplication final : public http::Application
{
public:
    /// What \a services names must outlive this object, and so must \a log, which may be null.
    explicit BackendApplication(const Services& services, Origins origins = Origins({}),
                                AccessLog* log = nullptr);

    std::optional<http::Response> recall(const http::RequestHead& head) override;
    http::Opened open(const http::RequestHead& head) override;
    http::Response problem(int status, const QString& detail) const override;
    void dress(const http::RequestHead& head, http::Response& response) const override;
    void served(const http::RequestHead& head, const http::Served& served) override;
    void connected(int change) override;

private:
    http::Opened openOwners(const http::RequestHead& head) const;
    http::Opened openPublic(const http::RequestHead& head) const;

    const Services m_services;
    const Origins m_origins;
    AccessLog* const m_log;
    Router m_router;
};

} // namespace vitrine::backend
