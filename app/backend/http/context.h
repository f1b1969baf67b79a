// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/httpserver.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
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
    std::unique_ptr<boost::asio::ssl::context> tls; ///< null: bare HTTP
    boost::asio::io_context io{1};
    boost::asio::thread_pool quick{4}; ///< lookups, pieces of bodies
    /// Mostly asleep, until the disk has it. What waits at the same time shares one commit.
    boost::asio::thread_pool durable{32};
    /// Decoding; more than there are cores, because its end is durable, too.
    boost::asio::thread_pool heavy{2 * std::max(2U, std::thread::hardware_concurrency())};
    boost::asio::thread_pool& pool(Lane lane)
    {
        return lane == Lane::Heavy ? heavy : lane == Lane::Durable ? durable : quick;
    }
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

/// Work on a pool that the coroutine waits for later: in between it does something else. It must
/// wait before what \a work refers to goes.
template <typename Value>
class Ahead
{
public:
    template <typename Work>
    Ahead(boost::asio::io_context& io, boost::asio::thread_pool& pool, Work work)
        : m_state(std::make_shared<State>(io))
    {
        boost::asio::post(pool, [state = m_state, &io, work = std::move(work)]() mutable {
            state->value.emplace(work());
            boost::asio::post(io, [state] {
                state->isDone = true;
                state->wake.cancel();
            });
        });
    }

    boost::asio::awaitable<Value> result()
    {
        boost::system::error_code ignored;
        while (!m_state->isDone) {
            co_await m_state->wake.async_wait(
                boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        }
        co_return *std::move(m_state->value);
    }

private:
    struct State {
        explicit State(boost::asio::io_context& io) : wake(io, Time::max()) {}
        std::optional<Value> value;
        bool isDone = false;            // I/O thread
        boost::asio::steady_timer wake; // never expires; cancelled when it is done
    };
    const std::shared_ptr<State> m_state;
};

} // namespace vitrine::backend::http
