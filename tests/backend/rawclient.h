// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>
#include <QTest>

namespace vitrine::test {

/// A client that writes bytes as they are and reads what comes. Blocks the calling thread: the
/// server has its own.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (!m_socket.waitForConnected(kLimitMs))
            qFatal("no connection");
    }

    void send(const QByteArray& bytes)
    {
        m_socket.write(bytes);
        m_socket.waitForBytesWritten(kLimitMs);
    }
    /// Everything until the server closes; null if it does not within the limit.
    QByteArray readToEnd()
    {
        QByteArray bytes;
        while (m_socket.state() == QAbstractSocket::ConnectedState) {
            if (!m_socket.waitForReadyRead(kLimitMs) &&
                m_socket.error() == QAbstractSocket::SocketTimeoutError)
                return {};
            bytes += m_socket.readAll();
        }
        return bytes + m_socket.readAll();
    }
    /// Until \a mark was read; what came so far if it does not come.
    QByteArray readUntil(const QByteArray& mark)
    {
        QByteArray bytes;
        while (!bytes.contains(mark) && m_socket.waitForReadyRead(kLimitMs))
            bytes += m_socket.readAll();
        return bytes;
    }
    void shutdown() { m_socket.disconnectFromHost(); }
    QTcpSocket& socket() { return m_socket; }

private:
    static constexpr int kLimitMs = 10'000;
    QTcpSocket m_socket;
};

/// The first line's number; 0 if there is none.
inline int statusOf(const QByteArray& answer)
{
    return answer.mid(9, 3).toInt();
}

} // namespace vitrine::test
