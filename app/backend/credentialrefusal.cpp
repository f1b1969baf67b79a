// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/credentialrefusal.h"

#include "app/backend/answers.h"

namespace vitrine::backend {

http::Response refuseCredential(const Services& services, const http::RequestHead& head)
{
    services.metrics.countRefusal();
    http::Response response = accessDenied();
    response.delay = services.attempts.refused(head.peer);
    return response;
}

} // namespace vitrine::backend
