// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/loopbackredirect.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <chrono>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr char kPath[] = "/signed-in";
constexpr qint64 kMaxHead = 16 * 1024;
constexpr auto kPatience = 10s;
constexpr int kMaxConnections = 16; // browsers open some ahead

/// The head of a request, as far as it matters.
struct Head {
    QByteArray verb;
    QByteArray target;
    QByteArrayList hosts;
};

Head headIn(const QByteArray& bytes)
{
    QByteArrayList lines = bytes.split('\n');
    const QByteArrayList words = lines.takeFirst().trimmed().split(' ');
    Head head{words.value(0), words.value(1), {}};
    for (const QByteArray& line : lines) {
        const auto colon = line.indexOf(':');
        if (line.left(colon).compare("host", Qt::CaseInsensitive) == 0)
            head.hosts.append(line.mid(colon + 1).trimmed());
    }
    return head;
}

// Nothing of the request is in it, and nothing may be loaded by it.
QByteArray page(const QByteArray& status, const QString& text)
{
    const QByteArray body = "<!doctype html><meta charset=utf-8><title>Vitrine</title><p>" +
                            text.toHtmlEscaped().toUtf8() + "</p>\n";
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: text/html; charset=utf-8\r\n"
           "Content-Security-Policy: default-src 'none'\r\nReferrer-Policy: no-referrer\r\n"
           "Cache-Control: no-store\r\nConnection: close\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray withoutBody(const QByteArray& page)
{
    return page.left(page.indexOf("\r\n\r\n") + 4);
}

void answer(QTcpSocket& socket, const QByteArray& bytes)
{
    QObject::disconnect(&socket, &QTcpSocket::readyRead, nullptr, nullptr);
    socket.write(bytes);
    socket.flush(); // whoever hears of it may end us
    socket.disconnectFromHost();
}

} // namespace

LoopbackRedirect::LoopbackRedirect(QObject* parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackRedirect::accept);
}

bool LoopbackRedirect::listen()
{
    const bool isListening = m_server.listen(QHostAddress::LocalHost);
    m_host = "127.0.0.1:" + QByteArray::number(m_server.serverPort());
    return isListening;
}

QString LoopbackRedirect::address() const
{
    return "http://"_L1 + QLatin1StringView(m_host) + QLatin1StringView(kPath);
}

void LoopbackRedirect::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        const auto open = m_server.findChildren<QTcpSocket*>();
        if (open.size() > kMaxConnections)
            delete open.first(); // it has had its time; the browser may be the last
        socket->setReadBufferSize(kMaxHead);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
        QTimer::singleShot(kPatience, socket, &QObject::deleteLater);
    }
}

void LoopbackRedirect::read(QTcpSocket& socket)
{
    const QByteArray bytes = socket.peek(kMaxHead);
    const auto end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
        if (bytes.size() == kMaxHead)
            answer(socket, page("431 Request Header Fields Too Large", {}));
        return;
    }
    const Head head = headIn(bytes.left(end));
    const auto path = head.target.split('?');
    if (head.verb != "GET" || head.hosts != QByteArrayList{m_host} || path.first() != kPath ||
        !m_server.isListening()) {
        const QByteArray nothing = page("404 Not Found", tr("There is nothing here."));
        return answer(socket, head.verb == "HEAD" ? withoutBody(nothing) : nothing);
    }
    const QUrlQuery query(QString::fromLatin1(path.mid(1).join('?')));
    if (!isExpected(query))
        return answer(socket, page("400 Bad Request", tr("Vitrine waits for another sign-in.")));
    m_server.close();
    answer(socket, page("200 OK", tr("Vitrine goes on from here. This page can be closed.")));
    Q_EMIT returned(query);
}

bool LoopbackRedirect::isExpected(const QUrlQuery& query) const
{
    const QStringList states = query.allQueryItemValues(u"state"_s, QUrl::FullyDecoded);
    return !m_state.isEmpty() && states == QStringList{m_state};
}

} // namespace vitrine::api
