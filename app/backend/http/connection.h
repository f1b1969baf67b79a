// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/bodyreader.h"
#include "app/backend/http/headrules.h"
#include "app/backend/http/responsewriter.h"

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
    bool isIdle() const;
    /// It may be closed for another one.
    bool givesWay() const;
    /// Of those that give way the lowest goes: who loses least by it, and has stood so longest.
    std::pair<Standing, Time> rank() const;
    void close();
    /// The server stops: applies its end to the present wait.
    void hurry() { m_patience.hurry(); }

private:
    template <typename T>
    using Awaitable = boost::asio::awaitable<T>;

    enum class Next { Request, Drain, Close };
    enum class HeadState { Complete, TooLarge, Malformed, Gone };

    Awaitable<Next> serveRequest();
    Awaitable<HeadState> readHead();
    void beginHead();
    std::optional<Refusal> parse(RequestParser& parser, RequestHead& head);
    std::optional<Response> recall(const RequestHead& head) const;
    Awaitable<Response> answer(const RequestHead& head, RequestParser& parser);
    Awaitable<Response> converse(std::shared_ptr<Exchange> exchange, const RequestHead& head,
                                 RequestParser& parser);
    Awaitable<std::optional<Response>> readBody(std::shared_ptr<Exchange> exchange,
                                                BodyReader& body);
    Awaitable<std::optional<Response>> taken(Ahead<std::optional<Response>>& taking);
    void report(const RequestHead& head, Served served);
    Awaitable<void> drain();
    Response refusal(const Refusal& refusal) const;
    bool isSecure(const RequestHead& head) const;

    Context& m_context;
    Stream m_stream;
    Patience m_patience;
    ResponseWriter m_writer;
    boost::beast::flat_buffer m_buffer;
    QByteArray m_peer;
    bool m_isFromHere = false;
    qsizetype m_headSize = 0;
    Time m_begun; ///< the present request's head was complete
    bool m_isGone = false;
    bool m_isBodyRead = false; ///< or the request has none
    bool m_hasRest = false;    ///< the client has more to send of a request that was answered
};

} // namespace vitrine::backend::http
