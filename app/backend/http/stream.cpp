// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/stream.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace vitrine::backend::http {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;
namespace asio = boost::asio;

constexpr size_t kSendFileSize = 256 * 1024;
constexpr size_t kRecordSize = 16 * 1024; // the largest record of TLS

bool isPassing(int code)
{
    return code == EAGAIN || code == EINTR;
}

boost::system::error_code systemError(int code)
{
    return {code, boost::system::system_category()};
}

} // namespace

Stream::Stream(asio::ip::tcp::socket socket, asio::ssl::context* tls) : m_socket(std::move(socket))
{
    ErrorCode ignored; // what is wrong with the socket, the first call tells
    m_socket.non_blocking(true, ignored);
    if (tls)
        m_tls.emplace(m_socket, *tls);
}

std::string Stream::peer() const
{
    ErrorCode error;
    const auto endpoint = m_socket.remote_endpoint(error);
    return error ? std::string() : endpoint.address().to_string();
}

bool Stream::isFromHere() const
{
    ErrorCode error;
    const auto address = m_socket.remote_endpoint(error).address();
    if (error)
        return false;
    const bool isMapped = address.is_v6() && address.to_v6().is_v4_mapped();
    return isMapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback()
                    : address.is_loopback();
}

Stream::Awaitable<void> Stream::handshake(ErrorCode& error)
{
    return m_tls->async_handshake(asio::ssl::stream_base::server,
                                  redirect_error(use_awaitable, error));
}

// Qt's clients leave Nagle's algorithm on (RFC 1122, 4.2.3.4), and over loopback, whose segments
// are 64 KB, every piece of a body is a small one to it: each waits until the one before is
// acknowledged, which Linux puts off for 40 ms in the hope of an answer to send it with. The kernel
// takes this option back by itself (tcp(7)).
void Stream::acknowledge()
{
    const int atOnce = 1;
    ::setsockopt(m_socket.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &atOnce, sizeof atOnce);
}

Stream::Awaitable<size_t> Stream::readSome(asio::mutable_buffer buffer, ErrorCode& error)
{
    if (m_tls)
        return m_tls->async_read_some(buffer, redirect_error(use_awaitable, error));
    return m_socket.async_read_some(buffer, redirect_error(use_awaitable, error));
}

size_t Stream::writeNow(const Pieces& pieces, int flags, ErrorCode& error)
{
    if (m_tls)
        return 0;
    const size_t count = m_socket.send(pieces, flags, error);
    if (error == asio::error::would_block)
        error.clear();
    return count;
}

size_t Stream::sendNow(const OpenFile& file, off_t& offset, size_t count, ErrorCode& error)
{
    if (m_tls)
        return 0;
    const ssize_t sent = ::sendfile(m_socket.native_handle(), file.descriptor(), &offset,
                                    std::min(count, kSendFileSize));
    if (sent == 0)
        error = asio::error::eof;
    else if (sent < 0 && !isPassing(errno))
        error = systemError(errno);
    return sent > 0 ? size_t(sent) : 0;
}

Stream::Awaitable<size_t> Stream::writeSome(const Pieces& pieces, int flags, ErrorCode& error)
{
    if (m_tls)
        return m_tls->async_write_some(pieces, redirect_error(use_awaitable, error));
    return m_socket.async_send(pieces, flags, redirect_error(use_awaitable, error));
}

Stream::Awaitable<size_t> Stream::sendSome(const OpenFile& file, off_t& offset, size_t count,
                                           ErrorCode& error)
{
    return m_tls ? sendEncrypted(file, offset, count, error) : sendBare(file, offset, count, error);
}

Stream::Awaitable<size_t> Stream::sendBare(const OpenFile& file, off_t& offset, size_t count,
                                           ErrorCode& error)
{
    const size_t sent = sendNow(file, offset, count, error);
    if (sent == 0 && !error)
        co_await m_socket.async_wait(asio::ip::tcp::socket::wait_write,
                                     redirect_error(use_awaitable, error));
    co_return sent;
}

Stream::Awaitable<size_t> Stream::sendEncrypted(const OpenFile& file, off_t& offset, size_t count,
                                                ErrorCode& error)
{
    std::array<char, kRecordSize> record;
    const ssize_t got =
        ::pread(file.descriptor(), record.data(), std::min(count, record.size()), offset);
    if (got <= 0) {
        error = got == 0 ? ErrorCode(asio::error::eof) : systemError(errno);
        co_return 0;
    }
    const size_t sent = co_await asio::async_write(*m_tls, asio::buffer(record.data(), size_t(got)),
                                                   redirect_error(use_awaitable, error));
    offset += off_t(sent);
    co_return sent;
}

Stream::Awaitable<void> Stream::finish(ErrorCode& error)
{
    ErrorCode ignored;
    if (m_tls) {
        // A client need not answer our good-bye (RFC 8446, 6.1), and most do not: count it as said.
        SSL_set_shutdown(m_tls->native_handle(), SSL_RECEIVED_SHUTDOWN);
        co_await m_tls->async_shutdown(redirect_error(use_awaitable, ignored));
    }
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
}

Stream::Awaitable<void> Stream::discard()
{
    std::array<char, kRecordSize> piece;
    ErrorCode error;
    while (!error)
        co_await m_socket.async_read_some(asio::buffer(piece),
                                          redirect_error(use_awaitable, error));
}

void Stream::close()
{
    ErrorCode ignored;
    m_socket.close(ignored);
}

} // namespace vitrine::backend::http
