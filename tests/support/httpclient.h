// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vitrine::test {

/// What came back. A status of 0: the connection was lost before all of it was there.
struct Answer {
    int status = 0;
    QByteArray head; ///< with its last empty line
    QByteArray body;

    /// The first header of that name, as it came; empty if there is none.
    QByteArray header(const QByteArray& name) const;
};

/// One connection to a server on this machine, kept open between requests, for a thread of its own:
/// every call blocks. Connects again where it was lost. Knows answers with a Content-Length only.
class HttpClient
{
public:
    /// \a fields go along with every request, each line with its line break.
    explicit HttpClient(quint16 port, QByteArray fields = {});
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    Answer ask(const QByteArray& method, const QByteArray& target, const QByteArray& fields = {},
               const QByteArray& body = {});
    /// Sends the first \a count bytes of a request, then hangs up without reading.
    void abandon(const QByteArray& method, const QByteArray& target, const QByteArray& fields,
                 const QByteArray& body, qsizetype count);

private:
    QByteArray requestHead(const QByteArray& method, const QByteArray& target,
                           const QByteArray& fields, qsizetype bodySize) const;
    bool connect();
    void disconnect();
    bool send(QByteArrayView bytes, int flags = 0);
    bool receive(QByteArray& bytes);
    Answer readAnswer(bool hasBody);

    const quint16 m_port;
    const QByteArray m_fields;
    int m_socket = -1;
};

} // namespace vitrine::test
