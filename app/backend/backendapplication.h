// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"
#include "app/backend/router.h"
#include "app/backend/services.h"

namespace vitrine::backend {

/// The API: the gate before everything of the owner's, then the routes.
class BackendApplication final : public http::Application
{
public:
    /// What \a services names must outlive this object.
    explicit BackendApplication(const Services& services);

    std::optional<http::Response> recall(const http::RequestHead& head) override;
    http::Opened open(const http::RequestHead& head) override;
    http::Response problem(int status, const QString& detail) const override;

private:
    const Services m_services;
    Router m_router;
};

} // namespace vitrine::backend
