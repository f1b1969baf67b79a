// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/patience.h"
#include "app/backend/http/stream.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <optional>
#include <span>

namespace vitrine::backend::http {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// Reads the body of one request, whose head \a parser has read. I/O thread. What it is made with
/// must outlive it.
class BodyReader
{
public:
    /// \a buffer: what was read behind the head. \a length: as RequestHead::contentLength.
    BodyReader(Stream& stream, Patience& patience, boost::beast::flat_buffer& buffer,
               RequestParser& parser, std::optional<qint64> length);

    std::optional<qint64> length() const { return m_length; }
    bool isComplete() const { return m_length ? m_received == *m_length : m_parser.is_done(); }

    enum class Outcome { Read, Malformed, Gone };
    /// Reads until \a room is full or the body complete; count() says how much that was.
    boost::asio::awaitable<Outcome> fill(std::span<char> room);
    size_t count() const { return m_count; }

private:
    boost::asio::awaitable<Outcome> fillAsAnnounced(std::span<char> room);
    boost::asio::awaitable<Outcome> fillFromChunks(std::span<char> room);
    boost::asio::awaitable<bool> readMore();

    Stream& m_stream;
    Patience& m_patience;
    boost::beast::flat_buffer& m_buffer;
    RequestParser& m_parser;
    const std::optional<qint64> m_length;
    const Time m_start;
    qint64 m_received = 0;
    size_t m_count = 0;
};

} // namespace vitrine::backend::http
