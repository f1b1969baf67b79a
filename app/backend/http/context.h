// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/httpserver.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility> // before asio: Boost 1.74 uses std::exchange without it

namespace vitrine::backend::http {

using Time = std::chrono::steady_clock::time_point;

/// What all connections of one server share. Touched on the I/O thread alone, the pools excepted.
struct Context {
    explicit Context(const ServerLimits& serverLimits) : limits(serverLimits) {}

    /// \a duration from now, but not past the server's end.
    Time after(std::chrono::milliseconds duration) const
    {
        return std::min(std::chrono::steady_clock::now() + duration, stopAt);
    }
    bool isStopping() const { return stopAt != Time::max(); }

    const ServerLimits limits;
    boost::asio::io_context io{1};
    boost::asio::thread_pool quick{4}; ///< lookups, pieces of bodies
    boost::asio::thread_pool heavy{std::max(2U, std::thread::hardware_concurrency())}; ///< decoding
    Application* application = nullptr;
    quint16 port = 0;
    QList<QByteArray> hosts; ///< what clients may call this server
    Time stopAt = Time::max();
};

/// Runs \a work on \a pool and comes back to the coroutine's own executor with what it returns.
/// The I/O context counts this as work, so it does not end meanwhile.
template <typename Work>
auto onPool(boost::asio::thread_pool& pool, Work work)
    -> boost::asio::awaitable<std::invoke_result_t<Work>>
{
    using Value = std::invoke_result_t<Work>;
    auto task = [](Work inner) -> boost::asio::awaitable<Value> { co_return inner(); };
    co_return co_await boost::asio::co_spawn(pool, task(std::move(work)),
                                             boost::asio::use_awaitable);
}

} // namespace vitrine::backend::http
