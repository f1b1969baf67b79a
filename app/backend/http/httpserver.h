// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"
#include "app/backend/http/place.h"
#include "app/base/result.h"

#include <chrono>
#include <memory>

namespace vitrine::backend::http {

/// What one client may take from the others.
struct ServerLimits {
    /// Beyond it one goes: the longest idle one; else the oldest of those that were answered for
    /// the last time; else of those that have not asked to the end. If all are served, the new one.
    int connections = 512;

    std::chrono::milliseconds head{10'000};  ///< from a request's first byte to its empty line
    std::chrono::milliseconds idle{60'000};  ///< between two requests
    std::chrono::milliseconds stall{30'000}; ///< without a byte moved, either way
    std::chrono::milliseconds drain{
        10'000}; ///< reading past a refused body, so that the answer arrives
    std::chrono::milliseconds grace{5'000}; ///< for what is under way when the server stops
    /// A body must arrive, and an answer be taken, at this pace over its whole length.
    qint64 bytesPerSecond = 4096;
};

/// HTTP/1.1, bare or under TLS. One thread moves bytes; the application runs on pools.
class HttpServer
{
public:
    /// Binds and listens; clients wait until serve().
    /// Errors: Network (the port is taken), InvalidInput (no such address, unusable TLS files).
    static Result<std::unique_ptr<HttpServer>> listen(const Place& place,
                                                      const ServerLimits& limits = {});
    /// Whether listen() could make use of \a place; binds nothing.
    /// Errors: InvalidInput (no such address, unusable TLS files).
    static Result<void> check(const Place& place);
    /// Stops accepting, lets what is under way end (at most for the grace time), joins the threads.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    quint16 port() const;

    /// Starts to answer, on threads of its own. Once. \a application must outlive this object.
    void serve(Application& application);

private:
    class Private;
    explicit HttpServer(std::unique_ptr<Private> d);
    const std::unique_ptr<Private> d;
};

} // namespace vitrine::backend::http
