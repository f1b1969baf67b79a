// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/connection.h"

#include "app/base/log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include <array>
#include <limits>
#include <string_view>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;
using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::system::error_code;
namespace asio = boost::asio;
namespace beasthttp = boost::beast::http;

constexpr size_t kHeadReadSize = 16 * 1024;
constexpr size_t kBufferLimit = 64 * 1024;
constexpr size_t kPieceSize = 256 * 1024;     // of a body, to the pool at once; two of them a body
constexpr size_t kFirstPieceSize = 64 * 1024; // of a body that does not say how long it is

QByteArray bytesOf(boost::beast::string_view view)
{
    return {view.data(), qsizetype(view.size())};
}

RequestHead headFrom(const beasthttp::request_header<>& header)
{
    Headers headers;
    for (const auto& field : header)
        headers.add(bytesOf(field.name_string()), bytesOf(field.value()));
    RequestHead head = requestHead(bytesOf(header.method_string()),
                                   {header.target().data(), qsizetype(header.target().size())},
                                   std::move(headers));
    head.isHttp10 = header.version() < 11;
    return head;
}

struct Piece {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
};

/// No more than the body can fill; of one that may end at any moment, more as it goes on. Not
/// zeroed: of a body that dribbles no more is in memory than came.
void makeRoom(Piece& piece, std::optional<qint64> length, bool isFirst)
{
    size_t size = isFirst ? kFirstPieceSize : kPieceSize;
    if (length)
        size = std::min(kPieceSize, size_t(*length));
    if (piece.size < size)
        piece = {std::make_unique_for_overwrite<char[]>(size), size};
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
    , m_stream(std::move(socket), context.tls.get())
    , m_patience(context)
    , m_writer(context, m_stream, m_patience)
    , m_buffer(kBufferLimit)
{}

bool Connection::isIdle() const
{
    const Standing standing = m_patience.standing();
    return m_stream.isOpen() && (standing == Standing::Idle || standing == Standing::New);
}

bool Connection::givesWay() const
{
    return m_stream.isOpen() && m_patience.standing() != Standing::Busy;
}

// Whoever has just come is on a level with those that have begun to ask: below them, a crowd that
// never ends its heads would have each of the others closed before their first byte is here.
std::pair<Standing, Time> Connection::rank() const
{
    const Standing standing = m_patience.standing();
    return {standing == Standing::New ? Standing::Asking : standing, m_patience.since()};
}

void Connection::close()
{
    m_stream.close();
    m_writer.close();
}

asio::awaitable<void> Connection::run()
{
    error_code error;
    m_peer = QByteArray::fromStdString(m_stream.peer());
    m_isFromHere = m_stream.isFromHere();
    if (m_stream.isTls())
        co_await m_stream.handshake(error);
    Next next = error ? Next::Close : Next::Request;
    while (next == Next::Request && !m_context.isStopping()) {
        if (m_buffer.size() > 0)                              // the next request is here already
            co_await asio::post(m_context.io, use_awaitable); // the others' turn
        next = co_await serveRequest();
    }
    if (next == Next::Drain)
        co_await drain();
    close();
}

asio::awaitable<Connection::Next> Connection::serveRequest()
{
    const HeadState state = co_await readHead();
    if (state == HeadState::Gone)
        co_return Next::Close;

    m_patience.stand(Standing::Busy);
    m_begun = std::chrono::steady_clock::now();
    RequestParser parser;
    RequestHead head;
    std::optional<Refusal> refused;
    if (state == HeadState::TooLarge)
        refused = Refusal{431, u"The request's header is too large."_s};
    else if (state == HeadState::Malformed)
        refused = Refusal{400, u"The request is malformed."_s};
    else
        refused = parse(parser, head);

    std::optional<Response> response = refused ? refusal(*refused) : recall(head);
    if (!response)
        response = co_await answer(head, parser);
    if (m_isGone) {
        report(head, {kClientGone, 0, {}, false});
        co_return Next::Close;
    }
    const bool isLast = refused || head.isHttp10 || !m_isBodyRead || !parser.get().keep_alive() ||
                        m_context.isStopping();
    m_hasRest = refused || !m_isBodyRead;
    m_context.application->dress(head, *response);
    const int status = response->status;
    const bool isSent = co_await m_writer.send(*std::move(response), head.method == "HEAD", isLast);
    report(head, {status, m_writer.sentBytes(), {}, isSent});
    if (!isSent)
        co_return Next::Close;
    co_return isLast ? Next::Drain : Next::Request;
}

asio::awaitable<Connection::HeadState> Connection::readHead()
{
    if (m_buffer.size() > 0)
        beginHead();
    else if (m_patience.standing() != Standing::New)
        m_patience.stand(Standing::Idle);
    size_t scanned = 0;
    for (;;) {
        const std::string_view seen(static_cast<const char*>(m_buffer.data().data()),
                                    m_buffer.size());
        if (seen.starts_with("\r\n")) { // a stray line break after the body before
            m_buffer.consume(2);
            continue;
        }
        const size_t end = seen.find("\r\n\r\n", scanned);
        if (seen.find("\n\n", scanned) < end) // what is not there is behind all else
            co_return HeadState::Malformed;
        m_headSize = qsizetype(end == seen.npos ? seen.size() : end + 4);
        if (m_headSize > kMaxHeadBytes)
            co_return HeadState::TooLarge;
        if (end != seen.npos)
            co_return HeadState::Complete;
        scanned = std::max<size_t>(seen.size(), 3) - 3;
        error_code error;
        m_buffer.commit(co_await m_stream.readSome(m_buffer.prepare(kHeadReadSize), error));
        if (error || !m_stream.isOpen()) // no answer would reach the client
            co_return HeadState::Gone;
        if (m_patience.standing() != Standing::Asking) // the first byte of a request
            beginHead();
    }
}

void Connection::beginHead()
{
    m_patience.stand(Standing::Asking);
    m_patience.limitTo(m_context.limits.head);
}

std::optional<Refusal> Connection::parse(RequestParser& parser, RequestHead& head)
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
    head.peer = m_peer;
    if (auto refused = checkFields(head, m_context.hosts))
        return refused;
    head.isSecure = isSecure(head);
    head.contentLength = announcedLength(head.headers);
    m_isBodyRead = !head.hasBody();
    return std::nullopt;
}

/// TLS may end before this server, at a proxy on this machine, which says so. Nobody else is
/// believed that; who lies gets addresses that do not lead back, and nobody but them.
bool Connection::isSecure(const RequestHead& head) const
{
    return m_stream.isTls() ||
           (m_isFromHere && head.headers.count("X-Forwarded-Proto") == 1 &&
            head.headers.value("X-Forwarded-Proto").compare("https", Qt::CaseInsensitive) == 0);
}

std::optional<Response> Connection::recall(const RequestHead& head) const
{
    Application& application = *m_context.application;
    return guarded(application,
                   [&]() -> std::optional<Response> { return application.recall(head); })();
}

asio::awaitable<Response> Connection::answer(const RequestHead& head, RequestParser& parser)
{
    m_patience.suspend();
    Application& application = *m_context.application;
    auto open = guarded(application, [&]() -> Opened { return application.open(head); });
    Opened opened = co_await onPool(m_context.quick, std::move(open));
    if (auto* response = std::get_if<Response>(&opened))
        co_return std::move(*response);
    std::shared_ptr<Exchange> exchange = std::get<std::unique_ptr<Exchange>>(std::move(opened));
    co_return co_await converse(std::move(exchange), head, parser);
}

asio::awaitable<Response> Connection::converse(std::shared_ptr<Exchange> exchange,
                                               const RequestHead& head, RequestParser& parser)
{
    if (head.headers.contains("Expect") && !head.isHttp10 && head.hasBody())
        m_isGone = !co_await m_writer.sendContinue();
    std::optional<Response> early;
    BodyReader body(m_stream, m_patience, m_buffer, parser, head.contentLength);
    if (!m_isGone)
        early = co_await readBody(exchange, body);
    m_patience.suspend();
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
                                                              BodyReader& body)
{
    std::array<Piece, 2> pieces;
    std::optional<Ahead<std::optional<Response>>> taking;
    for (size_t turn = 0; !body.isComplete(); ++turn) {
        Piece& piece = pieces[turn % pieces.size()];
        makeRoom(piece, body.length(), turn < pieces.size());
        const auto outcome = co_await body.fill({piece.bytes.get(), piece.size});
        m_isGone = outcome == BodyReader::Outcome::Gone;
        m_isBodyRead = body.isComplete();
        std::optional<Response> early;
        if (taking)
            early = co_await taken(*taking);
        if (m_isGone || early)
            co_return early;
        if (outcome == BodyReader::Outcome::Malformed)
            co_return refusal({400, u"The body of the request is malformed."_s});
        const QByteArrayView view(piece.bytes.get(), qsizetype(body.count()));
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
    m_patience.suspend();
    co_return co_await taking.result();
}

void Connection::report(const RequestHead& head, Served served)
{
    const auto duration = std::chrono::steady_clock::now() - m_begun;
    served.duration = std::chrono::duration_cast<std::chrono::microseconds>(duration);
    m_context.application->served(head, served);
}

// Closing with unread bytes resets the connection, and the reset can overtake our answer. Under TLS
// a good-bye does the same to a client that is still sending; the answer tells its own length.
asio::awaitable<void> Connection::drain()
{
    m_patience.stand(Standing::Draining);
    m_patience.limitTo(m_context.limits.drain);
    error_code error;
    if (!m_stream.isTls() || !m_hasRest)
        co_await m_stream.finish(error);
    if (!error)
        co_await m_stream.discard();
}

Response Connection::refusal(const Refusal& refusal) const
{
    return m_context.application->problem(refusal.status, refusal.detail);
}

} // namespace vitrine::backend::http
