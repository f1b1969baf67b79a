// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/patience.h"
#include "app/backend/http/stream.h"

namespace vitrine::backend::http {

/// Puts answers on one client's stream, each held back and torn as it asks for. I/O thread.
class ResponseWriter
{
public:
    template <typename T>
    using Awaitable = boost::asio::awaitable<T>;

    /// What it is given must outlive it.
    ResponseWriter(Context& context, Stream& stream, Patience& patience);

    /// Whether all of it was sent. \a isHead: without the body. \a isLast: the connection ends.
    Awaitable<bool> send(Response response, bool isHead, bool isLast);
    /// "Go on with the body": whether that was sent.
    Awaitable<bool> sendContinue();
    /// Of the last answer's body, sent.
    qint64 sentBytes() const { return m_sentBytes; }
    /// Ends the wait of an answer that is held back.
    void close() { m_pause.cancel(); }

private:
    Awaitable<bool> sendBytes(QByteArray head, QByteArray body, int flags, qsizetype sent);
    bool sendNow(FileRange& range);
    Awaitable<bool> sendFile(FileRange range);
    Awaitable<void> pause(std::chrono::milliseconds duration);

    Context& m_context;
    Stream& m_stream;
    Patience& m_patience;
    boost::asio::steady_timer m_pause;
    qint64 m_sentBytes = 0;
};

} // namespace vitrine::backend::http
