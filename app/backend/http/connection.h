// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/headrules.h"
#include "app/backend/http/responsewriter.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace vitrine::backend::http {

/// One client's socket: reads a request, has it answered, again until one side has enough.
class Connection
{
public:
    Connection(Context& context, boost::asio::ip::tcp::socket socket);

    /// Until the connection ends.
    boost::asio::awaitable<void> run();

    /// When it may be closed from outside because nothing moves. Close it then, and run() returns.
    Time deadline() const { return m_patience.deadline(); }
    /// Nothing of a request is here: closing it takes nothing from anybody.
    bool isIdle() const { return m_patience.isIdle() && m_stream.isOpen(); }
    Time idleSince() const { return m_patience.idleSince(); }
    void close();
    /// The server stops: applies its end to the present wait.
    void hurry() { m_patience.hurry(); }

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
    template <typename T>
    using Awaitable = boost::asio::awaitable<T>;

    enum class Next { Request, Drain, Close };
    enum class HeadState { Complete, TooLarge, Malformed, Gone };

    Awaitable<Next> serveRequest();
    Awaitable<HeadState> readHead();
    Awaitable<bool> readMore();
    std::optional<Refusal> parse(Parser& parser, RequestHead& head);
    Awaitable<Response> answer(const RequestHead& head, Parser& parser);
    Awaitable<Response> converse(std::shared_ptr<Exchange> exchange, const RequestHead& head,
                                 Parser& parser);
    Awaitable<std::optional<Response>> readBody(std::shared_ptr<Exchange> exchange, Parser& parser);
    Awaitable<std::optional<Response>> taken(Ahead<std::optional<Response>>& taking);
    Awaitable<bool> fill(Parser& parser, std::vector<char>& piece, Time start, qint64& received);
    Awaitable<bool> reply(const RequestHead& head, Response response, bool isLast);
    void report(const RequestHead& head, Served served);
    Awaitable<void> drain();
    Response refusal(const Refusal& refusal) const;

    Context& m_context;
    Stream m_stream;
    Patience m_patience;
    ResponseWriter m_writer;
    boost::beast::flat_buffer m_buffer;
    QByteArray m_peer;
    qsizetype m_headSize = 0;
    Time m_begun; ///< the present request's head was complete
    bool m_isGone = false;
    bool m_hasRest = false; ///< the client has more to send of a request that was answered
};

} // namespace vitrine::backend::http
