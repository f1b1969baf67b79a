// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/httpclient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

constexpr timeval kLimit{60, 0}; // a server that hangs fails the test instead of stopping it
constexpr qsizetype kReadSize = 64 * 1024;

} // namespace

QByteArray Answer::header(const QByteArray& name) const
{
    const QByteArray start = "\r\n" + name.toLower() + ": ";
    const qsizetype at = head.toLower().indexOf(start);
    if (at < 0)
        return {};
    const qsizetype from = at + start.size();
    return head.mid(from, head.indexOf("\r\n", from) - from);
}

HttpClient::HttpClient(quint16 port, QByteArray fields) : m_port(port), m_fields(std::move(fields))
{}

HttpClient::~HttpClient()
{
    disconnect();
}

Answer HttpClient::ask(const QByteArray& method, const QByteArray& target, const QByteArray& fields,
                       const QByteArray& body)
{
    Answer answer;
    const QByteArray head = requestHead(method, target, fields, body.size());
    if (connect() && send(head, body.isEmpty() ? 0 : MSG_MORE) && send(body))
        answer = readAnswer(method != "HEAD");
    if (answer.status == 0 || answer.header("Connection") == "close")
        disconnect();
    return answer;
}

void HttpClient::abandon(const QByteArray& method, const QByteArray& target,
                         const QByteArray& fields, const QByteArray& body, qsizetype count)
{
    const QByteArray whole = requestHead(method, target, fields, body.size()) + body;
    if (connect())
        send(QByteArrayView(whole).first(qMin(count, whole.size())));
    disconnect();
}

QByteArray HttpClient::requestHead(const QByteArray& method, const QByteArray& target,
                                   const QByteArray& fields, qsizetype bodySize) const
{
    QByteArray head = method + ' ' + target +
                      " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n" +
                      m_fields + fields;
    if (bodySize > 0 || method != "GET")
        head += "Content-Length: " + QByteArray::number(bodySize) + "\r\n";
    return head + "\r\n";
}

bool HttpClient::connect()
{
    if (m_socket >= 0)
        return true;
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &kLimit, sizeof kLimit);
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &kLimit, sizeof kLimit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return true;
    disconnect();
    return false;
}

void HttpClient::disconnect()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

bool HttpClient::send(QByteArrayView bytes, int flags)
{
    while (!bytes.isEmpty()) {
        const ssize_t count =
            ::send(m_socket, bytes.data(), size_t(bytes.size()), flags | MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes = bytes.sliced(count);
    }
    return true;
}

bool HttpClient::receive(QByteArray& bytes)
{
    const qsizetype before = bytes.size();
    bytes.resize(before + kReadSize);
    const ssize_t count = ::recv(m_socket, bytes.data() + before, size_t(kReadSize), 0);
    bytes.resize(before + qMax<ssize_t>(0, count));
    return count > 0;
}

Answer HttpClient::readAnswer(bool hasBody)
{
    Answer answer;
    QByteArray bytes;
    qsizetype end = -1;
    while ((end = bytes.indexOf("\r\n\r\n")) < 0) {
        if (!receive(bytes))
            return {};
    }
    answer.head = bytes.first(end + 4);
    const qsizetype length = hasBody ? answer.header("Content-Length").toLongLong() : 0;
    while (bytes.size() < answer.head.size() + length) {
        if (!receive(bytes))
            return {};
    }
    answer.body = bytes.mid(answer.head.size(), length);
    answer.status = answer.head.mid(9, 3).toInt();
    return answer;
}

} // namespace vitrine::test
