// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/curl/curlnetwork.h"
#include "tests/support/replayserver.h"

#include <QBuffer>
#include <QIODevice>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <memory>

namespace vitrine::test {

inline const QByteArray kGood = "HTTP/1.1 200 Good\r\nContent-Length: 4\r\n\r\nword";

inline QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 % 251);
    return bytes;
}

/// A body of which nothing has come yet.
class Slow final : public QIODevice
{
public:
    explicit Slow(QObject* parent) : QIODevice(parent) { open(ReadOnly | Unbuffered); }
    qint64 size() const override { return 1000; }

    bool isWaitedFor() const { return m_isWaitedFor; }
    void come()
    {
        m_isHere = true;
        Q_EMIT readyRead();
    }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        m_isWaitedFor = !m_isHere;
        const qint64 count = m_isHere ? std::min(maxSize, size() - pos()) : 0;
        std::fill_n(data, count, 'x');
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    bool m_isHere = false;
    bool m_isWaitedFor = false;
};

/// Says so as soon as a request begins, whatever follows, and hangs up.
class HastyServer final : public QTcpServer
{
public:
    explicit HastyServer(const QByteArray& answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this, answer] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->disconnect();
                socket->write(answer);
                socket->flush();
                socket->close();
            });
        });
        listen(QHostAddress::LocalHost);
    }
    QUrl url(const QString& scheme = QStringLiteral("http")) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2/").arg(scheme).arg(serverPort()));
    }
};

/// A CurlNetwork, and a server for it.
class SendingFixture : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init()
    {
        m_network = std::make_unique<api::CurlNetwork>();
        m_server = std::make_unique<ReplayServer>();
    }
    void cleanup()
    {
        m_network.reset();
        m_server.reset();
    }

protected:
    QNetworkReply* send(const QUrl& url, QIODevice* body)
    {
        QNetworkRequest request(url);
        request.setRawHeader("Content-Type", "image/jpeg");
        request.setRawHeader("X-Word", "a, b");
        request.setHeader(QNetworkRequest::ContentLengthHeader, body->size());
        return m_network->sendCustomRequest(request, "POST", body);
    }
    QNetworkReply* send(const QUrl& url, const QByteArray& bytes = "body")
    {
        auto* body = new QBuffer(m_network.get());
        body->setData(bytes);
        body->open(QIODevice::ReadOnly);
        return send(url, body);
    }
    static void finish(QNetworkReply* reply) { QTRY_VERIFY(reply->isFinished()); }

    std::unique_ptr<api::CurlNetwork> m_network;
    std::unique_ptr<ReplayServer> m_server;
};

} // namespace vitrine::test
