// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/message.h" // before asio: Boost 1.74 uses std::exchange without <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <array>
#include <optional>

namespace vitrine::backend::http {

/// The bytes between one client and the server, bare or under TLS. I/O thread. Errors come back in
/// the last argument, which must live until the call has returned.
class Stream
{
public:
    template <typename T>
    using Awaitable = boost::asio::awaitable<T>;
    using ErrorCode = boost::system::error_code;

    /// \a tls must outlive the stream; nullptr: no TLS.
    Stream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls);

    bool isTls() const { return m_tls.has_value(); }
    bool isOpen() const { return m_socket.is_open(); }
    /// The client's address, numeric; empty if it is gone already.
    std::string peer() const;
    /// Whether the client is on this machine.
    bool isFromHere() const;

    /// Agrees on keys. Only under TLS.
    Awaitable<void> handshake(ErrorCode& error);
    /// Lets the client know at once of what was read. Before readSome(), each time.
    void acknowledge();
    Awaitable<size_t> readSome(boost::asio::mutable_buffer buffer, ErrorCode& error);
    using Pieces = std::array<boost::asio::const_buffer, 2>;
    /// As much as there is room for, without waiting: perhaps nothing, and under TLS always.
    size_t writeNow(const Pieces& pieces, int flags, ErrorCode& error);
    /// The same of at most \a count bytes of \a file, from \a offset, which moves on. A file
    /// shorter than that is an error.
    size_t sendNow(const OpenFile& file, off_t& offset, size_t count, ErrorCode& error);
    /// \a flags as of send(2); TLS, which cuts records of its own, passes over them.
    Awaitable<size_t> writeSome(const Pieces& pieces, int flags, ErrorCode& error);
    /// As sendNow(), but zero bytes without an error: there was no room, and now there is.
    Awaitable<size_t> sendSome(const OpenFile& file, off_t& offset, size_t count, ErrorCode& error);

    /// Says that nothing more comes; reading goes on.
    Awaitable<void> finish(ErrorCode& error);
    /// Throws away what the client still sends. Until an error, which is also its end.
    Awaitable<void> discard();
    /// Ends every call that waits.
    void close();

private:
    Awaitable<size_t> sendBare(const OpenFile& file, off_t& offset, size_t count, ErrorCode& error);
    Awaitable<size_t> sendEncrypted(const OpenFile& file, off_t& offset, size_t count,
                                    ErrorCode& error);

    boost::asio::ip::tcp::socket m_socket;
    std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> m_tls;
};

} // namespace vitrine::backend::http
