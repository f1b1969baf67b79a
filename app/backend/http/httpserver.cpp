// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/connection.h"
#include "app/backend/http/context.h"
#include "app/backend/http/tls.h"
#include "app/base/log.h"

#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fcntl.h>

#include <csignal>
#include <set>
#include <thread>

namespace vitrine::backend::http {
namespace {

using namespace std::chrono_literals;
using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;
using boost::system::error_code;
namespace asio = boost::asio;

constexpr auto kSweepInterval = 200ms;
constexpr auto kAcceptPause = 100ms; // after an error such as "too many open files"
constexpr int kBacklog = 1024;

/// Programs that are started from here, a browser for one, would keep the port and the line open.
template <typename Socket>
void keepFromChildren(Socket& socket)
{
    ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
}

} // namespace

class HttpServer::Private
{
public:
    explicit Private(const ServerLimits& limits)
        : context(limits), acceptor(context.io), sweepTimer(context.io)
    {}

    error_code bind(const tcp::endpoint& endpoint);
    asio::awaitable<void> acceptLoop();
    asio::awaitable<void> sweepLoop();
    void add(tcp::socket socket);
    void remove(const std::shared_ptr<Connection>& connection);
    bool makeRoom();
    void sweep();
    void stop();

    Context context;
    tcp::acceptor acceptor;
    asio::steady_timer sweepTimer;
    std::set<std::shared_ptr<Connection>> connections;
    bool isSweeping = false;
    std::thread thread;
};

error_code HttpServer::Private::bind(const tcp::endpoint& endpoint)
{
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (error)
        return error;
    keepFromChildren(acceptor);
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(kBacklog, error);
    if (!error)
        context.port = acceptor.local_endpoint(error).port();
    return error;
}

asio::awaitable<void> HttpServer::Private::acceptLoop()
{
    while (acceptor.is_open()) {
        error_code error;
        tcp::socket socket = co_await acceptor.async_accept(redirect_error(use_awaitable, error));
        if (!error) {
            add(std::move(socket));
        } else if (acceptor.is_open()) {
            qCWarning(logBackend, "accepting a connection failed: %s", error.message().c_str());
            asio::steady_timer timer(context.io, kAcceptPause);
            co_await timer.async_wait(redirect_error(use_awaitable, error));
        }
    }
}

void HttpServer::Private::add(tcp::socket socket)
{
    keepFromChildren(socket);
    if (!makeRoom())
        return; // the socket closes
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto connection = std::make_shared<Connection>(context, std::move(socket));
    connections.insert(connection);
    context.application->connected(1);
    asio::co_spawn(context.io, connection->run(), [this, connection](std::exception_ptr thrown) {
        if (thrown)
            qCWarning(logBackend, "a connection ended in an exception");
        remove(connection);
    });
    // Nothing wakes this process up while nobody is connected.
    if (!std::exchange(isSweeping, true))
        asio::co_spawn(context.io, sweepLoop(), asio::detached);
}

void HttpServer::Private::remove(const std::shared_ptr<Connection>& connection)
{
    connections.erase(connection);
    context.application->connected(-1);
    if (connections.empty())
        sweepTimer.cancel();
}

/// Whether there is a place for one more.
bool HttpServer::Private::makeRoom()
{
    if (connections.size() < size_t(context.limits.connections))
        return true;
    std::shared_ptr<Connection> least;
    for (const auto& connection : connections) {
        if (connection->givesWay() && (!least || connection->rank() < least->rank()))
            least = connection;
    }
    if (least)
        least->close();
    return least != nullptr;
}

asio::awaitable<void> HttpServer::Private::sweepLoop()
{
    while (!connections.empty()) {
        sweepTimer.expires_after(kSweepInterval);
        error_code ignored;
        co_await sweepTimer.async_wait(redirect_error(use_awaitable, ignored));
        sweep();
    }
    isSweeping = false;
}

void HttpServer::Private::sweep()
{
    const Time now = std::chrono::steady_clock::now();
    for (const auto& connection : connections) {
        if (connection->deadline() <= now)
            connection->close();
    }
}

void HttpServer::Private::stop()
{
    context.stopAt = std::chrono::steady_clock::now() + context.limits.grace;
    error_code ignored;
    acceptor.close(ignored);
    for (const auto& connection : connections) {
        connection->hurry();
        if (connection->isIdle())
            connection->close();
    }
}

HttpServer::HttpServer(std::unique_ptr<Private> privateData) : d(std::move(privateData))
{}

Result<void> HttpServer::check(const Place& place)
{
    error_code error;
    asio::ip::make_address(place.address.toStdString(), error);
    if (error)
        return failure(ErrorKind::InvalidInput, place.address);
    if (!place.tls)
        return {};
    return makeTlsContext(*place.tls).map([](const auto&) {});
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const Place& place,
                                                       const ServerLimits& limits)
{
    error_code error;
    const auto numeric = asio::ip::make_address(place.address.toStdString(), error);
    if (error)
        return failure(ErrorKind::InvalidInput, place.address);
    auto d = std::make_unique<Private>(limits);
    if (place.tls) {
        auto tls = makeTlsContext(*place.tls);
        if (!tls)
            return failure(tls.error());
        d->context.tls = *std::move(tls);
    }
    error = d->bind({numeric, place.port});
    if (error)
        return failure(ErrorKind::Network, QString::fromStdString(error.message()));
    d->context.hosts = ownHosts(place, d->context.port);
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(d)));
}

HttpServer::~HttpServer()
{
    if (!d->thread.joinable())
        return;
    asio::post(d->context.io, [this] { d->stop(); });
    d->thread.join();
    d->context.quick.join();
    d->context.durable.join();
    d->context.heavy.join();
}

quint16 HttpServer::port() const
{
    return d->context.port;
}

void HttpServer::serve(Application& application)
{
    std::signal(SIGPIPE, SIG_IGN); // sendfile raises it; there is no flag against that
    d->context.application = &application;
    asio::co_spawn(d->context.io, d->acceptLoop(), asio::detached);
    d->thread = std::thread([this] { d->context.io.run(); });
}

} // namespace vitrine::backend::http
