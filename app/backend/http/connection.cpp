// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/connection.h"

#include "app/backend/http/responsehead.h"
#include "app/base/log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/read.hpp>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <array>
#include <limits>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;
using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::system::error_code;
namespace asio = boost::asio;
namespace beasthttp = boost::beast::http;

constexpr size_t kReadSize = 16 * 1024;
constexpr size_t kBufferLimit = 64 * 1024;
constexpr size_t kPieceSize = 64 * 1024; // of a body, to the pool at once; two of them a body
constexpr size_t kSendFileSize = 256 * 1024;

QByteArray bytesOf(boost::beast::string_view view)
{
    return {view.data(), qsizetype(view.size())};
}

RequestHead headFrom(const beasthttp::request_header<>& header)
{
    Headers headers;
    for (const auto& field : header)
        headers.add(bytesOf(field.name_string()), bytesOf(field.value()));
    RequestHead head =
        requestHead(bytesOf(header.method_string()), bytesOf(header.target()), std::move(headers));
    head.isHttp10 = header.version() < 11;
    return head;
}

// Whether it is the parser that complains and not the network.
bool isMalformed(const error_code& error)
{
    static const error_code parserError = beasthttp::error::end_of_stream;
    return error.category() == parserError.category() && error != beasthttp::error::end_of_stream &&
           error != beasthttp::error::partial_message;
}

// The application is foreign code to this server: an exception costs one answer.
template <typename Work>
auto guarded(const Application& application, Work work)
{
    return [&application, work = std::move(work)]() mutable -> std::invoke_result_t<Work> {
        try {
            return work();
        } catch (const std::exception& exception) {
            qCCritical(logBackend, "a handler threw: %s", exception.what());
        } catch (...) {
            qCCritical(logBackend, "a handler threw");
        }
        return application.problem(500, u"Something went wrong inside the server."_s);
    };
}

} // namespace

Connection::Connection(Context& context, asio::ip::tcp::socket socket)
    : m_context(context)
    , m_socket(std::move(socket))
    , m_buffer(kBufferLimit)
    , m_idleSince(std::chrono::steady_clock::now())
    , m_deadline(context.after(context.limits.head))
{}

void Connection::close()
{
    error_code ignored;
    m_socket.close(ignored);
}

asio::awaitable<void> Connection::run()
{
    Next next = Next::Request;
    while (next == Next::Request && !m_context.isStopping())
        next = co_await serveRequest();
    if (next == Next::Drain)
        co_await drain();
    close();
}

asio::awaitable<Connection::Next> Connection::serveRequest()
{
    const HeadState state = co_await readHead();
    if (state == HeadState::Gone)
        co_return Next::Close;

    Parser parser;
    RequestHead head;
    std::optional<Refusal> refused;
    if (state == HeadState::TooLarge)
        refused = Refusal{431, u"The request's header is too large."_s};
    else if (state == HeadState::Malformed)
        refused = Refusal{400, u"The request is malformed."_s};
    else
        refused = parse(parser, head);

    Response response;
    if (refused)
        response = refusal(*refused);
    else
        response = co_await answer(head, parser);
    if (m_isGone)
        co_return Next::Close;

    const bool isLast = refused || head.isHttp10 || !parser.is_done() ||
                        !parser.get().keep_alive() || m_context.isStopping();
    const bool isHead = head.method == "HEAD";
    const bool isSent = co_await send(std::move(response), isHead, isLast);
    if (!isSent)
        co_return Next::Close;
    co_return isLast ? Next::Drain : Next::Request;
}

asio::awaitable<Connection::HeadState> Connection::readHead()
{
    m_idleSince = std::chrono::steady_clock::now();
    m_isIdle = m_buffer.size() == 0;
    if (!m_isIdle)
        m_deadline = m_context.after(m_context.limits.head);
    qsizetype scanned = 0;
    for (;;) {
        const QByteArrayView seen(static_cast<const char*>(m_buffer.data().data()),
                                  qsizetype(m_buffer.size()));
        if (seen.startsWith("\r\n")) { // a stray line break after the body before
            m_buffer.consume(2);
            continue;
        }
        const qsizetype bare = seen.indexOf("\n\n", scanned);
        const qsizetype end = seen.indexOf("\r\n\r\n", scanned);
        m_headSize = end + 4;
        if (bare >= 0 && (end < 0 || bare < end))
            co_return HeadState::Malformed;
        if (end >= 0)
            co_return m_headSize > kMaxHeadBytes ? HeadState::TooLarge : HeadState::Complete;
        if (seen.size() > kMaxHeadBytes)
            co_return HeadState::TooLarge;
        scanned = qMax<qsizetype>(0, seen.size() - 3);
        const bool isMore = co_await readMore();
        if (!isMore)
            co_return HeadState::Gone;
    }
}

asio::awaitable<bool> Connection::readMore()
{
    error_code error;
    const size_t count = co_await m_socket.async_read_some(m_buffer.prepare(kReadSize),
                                                           redirect_error(use_awaitable, error));
    if (error)
        co_return false;
    m_buffer.commit(count);
    if (std::exchange(m_isIdle, false)) // the first byte of a request
        m_deadline = m_context.after(m_context.limits.head);
    co_return true;
}

std::optional<Refusal> Connection::parse(Parser& parser, RequestHead& head)
{
    const auto* bytes = static_cast<const char*>(m_buffer.data().data());
    if (auto refused = checkRawHead({bytes, m_headSize}))
        return refused;
    parser.header_limit(quint32(kMaxHeadBytes));
    // boost::none refuses every body in 1.74. The exchange counts for itself.
    parser.body_limit((std::numeric_limits<quint64>::max)());
    error_code error;
    const size_t used = parser.put(asio::const_buffer(bytes, size_t(m_headSize)), error);
    m_buffer.consume(used);
    if (error || !parser.is_header_done())
        return Refusal{400, u"The request is malformed."_s};
    head = headFrom(parser.get());
    if (auto refused = checkFields(head, m_context.hosts))
        return refused;
    head.contentLength = announcedLength(head.headers);
    return std::nullopt;
}

asio::awaitable<Response> Connection::answer(const RequestHead& head, Parser& parser)
{
    m_deadline = m_context.stopAt;
    Application& application = *m_context.application;
    auto recall =
        guarded(application, [&]() -> std::optional<Response> { return application.recall(head); });
    if (std::optional<Response> known = recall())
        co_return *std::move(known);
    auto open = guarded(application, [&]() -> Opened { return application.open(head); });
    Opened opened = co_await onPool(m_context.quick, std::move(open));
    if (auto* response = std::get_if<Response>(&opened))
        co_return std::move(*response);
    std::shared_ptr<Exchange> exchange = std::get<std::unique_ptr<Exchange>>(std::move(opened));
    co_return co_await converse(std::move(exchange), head, parser);
}

asio::awaitable<Response> Connection::converse(std::shared_ptr<Exchange> exchange,
                                               const RequestHead& head, Parser& parser)
{
    if (head.headers.contains("Expect") && !head.isHttp10 && !parser.is_done())
        m_isGone = !co_await sendBytes("HTTP/1.1 100 Continue\r\n\r\n", {}, 0);
    std::optional<Response> early;
    if (!m_isGone)
        early = co_await readBody(exchange, parser);
    m_deadline = m_context.stopAt;
    auto& pool = m_context.pool(exchange->lane());
    if (early || m_isGone) {
        // What it spooled is removed there, not on this thread.
        asio::post(m_context.quick, [spent = std::move(exchange)] {});
        co_return early.value_or(Response{});
    }
    auto finish =
        guarded(*m_context.application, [exchange = std::move(exchange)]() mutable -> Response {
            const auto last = std::move(exchange); // ends here, on the pool
            return last->finish();
        });
    co_return co_await onPool(pool, std::move(finish));
}

// The next piece is read while the last one is hashed and written.
asio::awaitable<std::optional<Response>> Connection::readBody(std::shared_ptr<Exchange> exchange,
                                                              Parser& parser)
{
    const Time start = std::chrono::steady_clock::now();
    std::array<std::vector<char>, 2> pieces;
    std::optional<Ahead<std::optional<Response>>> taking;
    qint64 received = 0;
    for (size_t turn = 0; !parser.is_done(); ++turn) {
        std::vector<char>& piece = pieces[turn % pieces.size()];
        piece.resize(kPieceSize);
        const bool isSound = co_await fill(parser, piece, start, received);
        std::optional<Response> early;
        if (taking)
            early = co_await taken(*taking);
        if (m_isGone || early)
            co_return early;
        if (!isSound)
            co_return refusal({400, u"The body of the request is malformed."_s});
        const QByteArrayView view(piece.data(), qsizetype(piece.size() - parser.get().body().size));
        taking.emplace(m_context.io, m_context.quick,
                       guarded(*m_context.application,
                               [exchange = exchange.get(), view] { return exchange->take(view); }));
    }
    if (!taking)
        co_return std::nullopt;
    co_return co_await taken(*taking);
}

asio::awaitable<std::optional<Response>> Connection::taken(Ahead<std::optional<Response>>& taking)
{
    m_deadline = m_context.stopAt;
    co_return co_await taking.result();
}

/// Reads until \a piece is full or the body complete. False: the body is malformed, or m_isGone.
asio::awaitable<bool> Connection::fill(Parser& parser, std::vector<char>& piece, Time start,
                                       qint64& received)
{
    auto& body = parser.get().body();
    body.data = piece.data();
    body.size = piece.size();
    while (!parser.is_done() && body.size > 0) {
        m_deadline = paceDeadline(start, received);
        const size_t before = body.size;
        error_code error;
        co_await beasthttp::async_read_some(m_socket, m_buffer, parser,
                                            redirect_error(use_awaitable, error));
        received += qint64(before - body.size);
        if (error == beasthttp::error::need_buffer)
            co_return true;
        if (error) {
            m_isGone = !isMalformed(error);
            co_return false;
        }
    }
    co_return true;
}

Time Connection::paceDeadline(Time start, qint64 moved) const
{
    const std::chrono::seconds earned(moved / m_context.limits.bytesPerSecond);
    return std::min(m_context.after(m_context.limits.stall),
                    start + 2 * m_context.limits.stall + earned);
}

asio::awaitable<bool> Connection::send(Response response, bool isHead, bool isLast)
{
    if (response.delay.count() > 0)
        co_await pause(response.delay);
    const bool hasFile = response.file && response.file->length > 0 && !isHead;
    const QByteArray first = responseHead(response, isLast);
    const QByteArray body = isHead || response.file ? QByteArray() : std::move(response.body);
    const bool isSent = co_await sendBytes(first, body, hasFile ? MSG_MORE : 0);
    if (!isSent || !hasFile)
        co_return isSent;
    co_return co_await sendFile(*std::move(response.file));
}

/// \a head and \a body in one go, without copying them together.
asio::awaitable<bool> Connection::sendBytes(QByteArray head, QByteArray body, int flags)
{
    const Time start = std::chrono::steady_clock::now();
    const auto rest = [](const QByteArray& bytes, qsizetype sent) {
        const qsizetype skipped = std::min(sent, bytes.size());
        return asio::const_buffer(bytes.constData() + skipped, size_t(bytes.size() - skipped));
    };
    const qsizetype size = head.size() + body.size();
    for (qsizetype sent = 0; sent < size;) {
        m_deadline = paceDeadline(start, sent);
        const std::array pieces{rest(head, sent),
                                rest(body, std::max<qsizetype>(0, sent - head.size()))};
        error_code error;
        sent += qsizetype(
            co_await m_socket.async_send(pieces, flags, redirect_error(use_awaitable, error)));
        if (error)
            co_return false;
    }
    m_deadline = m_context.after(m_context.limits.idle);
    co_return true;
}

asio::awaitable<bool> Connection::sendFile(FileRange range)
{
    const Time start = std::chrono::steady_clock::now();
    error_code error;
    m_socket.native_non_blocking(true, error);
    off_t offset = range.offset;
    const off_t end = range.offset + range.length;
    while (!error && offset < end && m_socket.is_open()) {
        const ssize_t count = ::sendfile(m_socket.native_handle(), range.file->descriptor(),
                                         &offset, std::min(kSendFileSize, size_t(end - offset)));
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            co_return false; // the client is gone, or the file shorter than it was
        m_deadline = paceDeadline(start, offset - range.offset);
        if (count < 0 && errno == EAGAIN)
            co_await m_socket.async_wait(asio::ip::tcp::socket::wait_write,
                                         redirect_error(use_awaitable, error));
        else
            co_await asio::post(m_context.io, use_awaitable); // the others' turn
    }
    m_deadline = m_context.after(m_context.limits.idle);
    co_return offset == end;
}

asio::awaitable<void> Connection::pause(std::chrono::milliseconds duration)
{
    m_deadline = m_context.stopAt;
    asio::steady_timer timer(m_context.io, duration);
    error_code ignored;
    co_await timer.async_wait(redirect_error(use_awaitable, ignored));
}

// Closing with unread bytes resets the connection, and the reset can overtake our answer.
asio::awaitable<void> Connection::drain()
{
    error_code error;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    m_deadline = m_context.after(m_context.limits.drain);
    m_buffer.clear();
    while (!error) {
        co_await m_socket.async_read_some(m_buffer.prepare(kReadSize),
                                          redirect_error(use_awaitable, error));
    }
}

Response Connection::refusal(const Refusal& refusal) const
{
    return m_context.application->problem(refusal.status, refusal.detail);
}

} // namespace vitrine::backend::http
