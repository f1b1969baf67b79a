// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/bodyreader.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>

namespace vitrine::backend::http {
namespace {

using boost::system::error_code;
namespace asio = boost::asio;
namespace beasthttp = boost::beast::http;

constexpr size_t kReadSize = 16 * 1024; // of what is parsed

} // namespace

BodyReader::BodyReader(Stream& stream, Patience& patience, boost::beast::flat_buffer& buffer,
                       RequestParser& parser, std::optional<qint64> length)
    : m_stream(stream)
    , m_patience(patience)
    , m_buffer(buffer)
    , m_parser(parser)
    , m_length(length)
    , m_start(std::chrono::steady_clock::now())
{}

asio::awaitable<BodyReader::Outcome> BodyReader::fill(std::span<char> room)
{
    return m_length ? fillAsAnnounced(room) : fillFromChunks(room);
}

// Straight from the socket to its place: there is nothing in it to be parsed.
asio::awaitable<BodyReader::Outcome> BodyReader::fillAsAnnounced(std::span<char> room)
{
    const size_t wanted = std::min(room.size(), size_t(*m_length - m_received));
    m_count = asio::buffer_copy(asio::buffer(room.data(), wanted), m_buffer.data());
    m_buffer.consume(m_count);
    m_received += qint64(m_count);
    while (m_count < wanted) {
        m_patience.keepPace(m_start, m_received);
        m_stream.acknowledge();
        error_code error;
        const size_t count = co_await m_stream.readSome(
            asio::buffer(room.data() + m_count, wanted - m_count), error);
        if (error)
            co_return Outcome::Gone;
        m_count += count;
        m_received += qint64(count);
    }
    co_return Outcome::Read;
}

asio::awaitable<BodyReader::Outcome> BodyReader::fillFromChunks(std::span<char> room)
{
    auto& body = m_parser.get().body();
    body.data = room.data();
    body.size = room.size();
    bool isStarved = false;
    while (!m_parser.is_done() && body.size > 0) {
        m_patience.keepPace(m_start, m_received);
        if (isStarved && m_buffer.size() > m_buffer.max_size() - kReadSize)
            co_return Outcome::Malformed; // a line between chunks that never ends
        if (isStarved || m_buffer.size() == 0) {
            const bool isMore = co_await readMore();
            if (!isMore)
                co_return Outcome::Gone;
        }
        const size_t before = body.size;
        error_code error;
        m_buffer.consume(m_parser.put(m_buffer.data(), error));
        m_received += qint64(before - body.size);
        if (error == beasthttp::error::need_buffer)
            break;
        isStarved = error == beasthttp::error::need_more;
        if (error && !isStarved)
            co_return Outcome::Malformed;
    }
    m_count = room.size() - body.size;
    co_return Outcome::Read;
}

asio::awaitable<bool> BodyReader::readMore()
{
    m_stream.acknowledge();
    error_code error;
    const size_t count = co_await m_stream.readSome(m_buffer.prepare(kReadSize), error);
    if (!error)
        m_buffer.commit(count);
    co_return !error;
}

} // namespace vitrine::backend::http
