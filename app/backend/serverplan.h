// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/origins.h"
#include "app/backend/server.h"

namespace vitrine::backend {

/// What a server shall do, judged by its options before anything is made.
struct ServerPlan {
    http::Place place;
    Origins origins;
    /// Where processes on this machine reach it in bare HTTP: a loopback address, null if it
    /// listens on no such one.
    QString loopback;
};

/// Reads the TLS files and touches nothing else. Errors: InvalidInput; the detail says which option
/// cannot be used, and why.
Result<ServerPlan> planFor(const ServerOptions& options);

/// What the server's addresses begin with, once it listens on \a port.
QUrl serverUrl(const http::Place& place, quint16 port);

} // namespace vitrine::backend
