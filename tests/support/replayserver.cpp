// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/replayserver.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace vitrine::test {
namespace {

constexpr char kHeadEnd[] = "\r\n\r\n";
constexpr qint64 kLongestHead = 256 * 1024;

} // namespace

QByteArray ReplayServer::Request::verb() const
{
    return head.left(head.indexOf(' '));
}

QByteArray ReplayServer::Request::target() const
{
    const auto parts = head.left(head.indexOf("\r\n")).split(' ');
    return parts.size() == 3 ? parts.at(1) : QByteArray();
}

QByteArray ReplayServer::Request::header(const QByteArray& name) const
{
    for (const QByteArray& line : head.split('\n')) {
        const auto colon = line.indexOf(':');
        if (line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

bool ReplayServer::Request::mentions(const QByteArray& text) const
{
    return head.contains(text) || body.contains(text);
}

ReplayServer::ReplayServer(QObject* parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ReplayServer::accept);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the replay server cannot listen");
}

QUrl ReplayServer::url(const QString& path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
}

void ReplayServer::answer(const QByteArray& bytes, Then then)
{
    m_answers.append({bytes, then});
}

void ReplayServer::answer(int status, const QByteArray& type, const QByteArray& body,
                          const QByteArray& moreHeaders)
{
    m_answers.append(canned(status, type, body, moreHeaders));
}

ReplayServer::Canned ReplayServer::canned(int status, const QByteArray& type,
                                          const QByteArray& body, const QByteArray& moreHeaders)
{
    return {"HTTP/1.1 " + QByteArray::number(status) + " Canned\r\nContent-Type: " + type +
            "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n" +
            moreHeaders + "\r\n" + body};
}

void ReplayServer::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        ++m_open;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --m_open;
            socket->deleteLater();
        });
    }
}

void ReplayServer::read(QTcpSocket* socket)
{
    const QByteArray start = socket->peek(kLongestHead); // not of all that is here, each time
    const auto headEnd = start.indexOf(kHeadEnd);
    // On a connection that is being closed nobody is served any more.
    if (headEnd < 0 || socket->state() != QAbstractSocket::ConnectedState)
        return;
    Request request{start.left(headEnd + 2), {}};
    const qint64 length = request.header("Content-Length").toLongLong();
    const qint64 bodyStart = headEnd + qint64(sizeof kHeadEnd) - 1;
    if (socket->bytesAvailable() < bodyStart + length)
        return;
    socket->skip(bodyStart);
    request.body = socket->read(length);
    m_requests.append(request);
    reply(socket, answerTo(request));
}

ReplayServer::Canned ReplayServer::answerTo(const Request&)
{
    if (m_answers.isEmpty())
        qFatal("the replay server was asked more than it can answer");
    const Canned canned = m_answers.first();
    if (m_answers.size() > 1)
        m_answers.removeFirst();
    return canned;
}

void ReplayServer::reply(QTcpSocket* socket, const Canned& canned)
{
    socket->write(canned.bytes);
    if (canned.then == Then::Close)
        socket->disconnectFromHost();
}

} // namespace vitrine::test
