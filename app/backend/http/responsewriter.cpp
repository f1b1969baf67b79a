// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/responsewriter.h"

#include "app/backend/http/responsehead.h"

#include <sys/socket.h>

namespace vitrine::backend::http {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::system::error_code;
namespace asio = boost::asio;

/// Leaves of the body what shall still be sent of it.
void tear(Response& response)
{
    if (response.file)
        response.file->length = std::min(response.file->length, *response.dropAfter);
    else
        response.body.truncate(std::min(response.body.size(), qsizetype(*response.dropAfter)));
}

asio::const_buffer without(qsizetype sent, const QByteArray& bytes)
{
    const qsizetype skipped = std::clamp<qsizetype>(sent, 0, bytes.size());
    return {bytes.constData() + skipped, size_t(bytes.size() - skipped)};
}

/// \a head and \a body in one go, without copying them together.
Stream::Pieces pieces(const QByteArray& head, const QByteArray& body, qsizetype sent)
{
    return {without(sent, head), without(sent - head.size(), body)};
}

} // namespace

ResponseWriter::ResponseWriter(Context& context, Stream& stream, Patience& patience)
    : m_context(context), m_stream(stream), m_patience(patience), m_pause(context.io)
{}

asio::awaitable<bool> ResponseWriter::send(Response response, bool isHead, bool isLast)
{
    m_sentBytes = 0;
    if (response.delay.count() > 0)
        co_await pause(response.delay);
    const QByteArray first = responseHead(response, isLast);
    const bool isTorn = response.dropAfter.has_value();
    if (isTorn)
        tear(response);
    if (isTorn && response.contentLength() == 0)
        co_return false;
    const bool hasFile = response.file && response.file->length > 0 && !isHead;
    const QByteArray body = isHead || response.file ? QByteArray() : std::move(response.body);
    const int flags = hasFile ? MSG_MORE : 0;
    error_code error;
    const auto sent = qsizetype(m_stream.writeNow(pieces(first, body, 0), flags, error));
    const bool isSent = !error && (sent == first.size() + body.size() ||
                                   co_await sendBytes(first, body, flags, sent));
    if (!isSent)
        co_return false;
    m_patience.limitTo(m_context.limits.idle);
    if (!hasFile) {
        m_sentBytes = body.size();
        co_return !isTorn;
    }
    FileRange range = *std::move(response.file);
    if (!sendNow(range))
        co_return false;
    if (range.length > 0 && !co_await sendFile(std::move(range)))
        co_return false;
    co_return !isTorn;
}

asio::awaitable<bool> ResponseWriter::sendContinue()
{
    return sendBytes("HTTP/1.1 100 Continue\r\n\r\n", {}, 0, 0);
}

/// What is left of \a head and \a body after the first \a sent bytes.
asio::awaitable<bool> ResponseWriter::sendBytes(QByteArray head, QByteArray body, int flags,
                                                qsizetype sent)
{
    const Time start = std::chrono::steady_clock::now();
    const qsizetype size = head.size() + body.size();
    while (sent < size) {
        m_patience.keepPace(start, sent);
        error_code error;
        sent += qsizetype(co_await m_stream.writeSome(pieces(head, body, sent), flags, error));
        if (error)
            co_return false;
    }
    m_patience.limitTo(m_context.limits.idle);
    co_return true;
}

/// What there is room for, and takes it off \a range: of a small file all, mostly.
bool ResponseWriter::sendNow(FileRange& range)
{
    error_code error;
    off_t offset = range.offset;
    m_sentBytes = qint64(m_stream.sendNow(*range.file, offset, size_t(range.length), error));
    range.offset += m_sentBytes;
    range.length -= m_sentBytes;
    return !error;
}

asio::awaitable<bool> ResponseWriter::sendFile(FileRange range)
{
    const Time start = std::chrono::steady_clock::now();
    error_code error;
    off_t offset = range.offset;
    const off_t end = range.offset + range.length;
    const qint64 sentBefore = m_sentBytes;
    while (!error && offset < end) {
        m_patience.keepPace(start, offset - range.offset);
        const size_t count =
            co_await m_stream.sendSome(*range.file, offset, size_t(end - offset), error);
        if (count > 0 && offset < end)
            co_await asio::post(m_context.io, use_awaitable); // the others' turn
    }
    m_patience.limitTo(m_context.limits.idle);
    m_sentBytes = sentBefore + (offset - range.offset);
    co_return offset == end;
}

// Whoever is held back gives way to the others when there are too many.
asio::awaitable<void> ResponseWriter::pause(std::chrono::milliseconds duration)
{
    if (!m_stream.isOpen())
        co_return;
    m_patience.suspend();
    m_patience.stand(Standing::Idle);
    m_pause.expires_after(duration);
    error_code ignored;
    co_await m_pause.async_wait(redirect_error(use_awaitable, ignored));
    m_patience.stand(Standing::Busy);
}

} // namespace vitrine::backend::http
