// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace vitrine::test {

/// A server that answers with canned bytes, right or wrong, and remembers what it was asked.
class ReplayServer : public QObject
{
    Q_OBJECT

public:
    struct Request {
        QByteArray head; ///< request line and headers, as they came
        QByteArray body;

        QByteArray verb() const;
        QByteArray target() const;
        /// The value of the first header of that name; empty if there is none.
        QByteArray header(const QByteArray& name) const;
        bool mentions(const QByteArray& text) const;
    };

    /// What comes after the bytes of an answer.
    enum class Then { Close, StayOpen };

    explicit ReplayServer(QObject* parent = nullptr);

    QUrl url(const QString& path = {}) const;

    /// The answers are given in this order, one for each request, byte for byte; after the last one
    /// it is repeated. An empty one says nothing at all.
    void answer(const QByteArray& bytes, Then then = Then::Close);
    /// The same, built of its parts and with the right Content-Length.
    void answer(int status, const QByteArray& type, const QByteArray& body,
                const QByteArray& moreHeaders = {});

    const QList<Request>& requests() const { return m_requests; }
    int openConnections() const { return m_open; }

protected:
    struct Canned {
        QByteArray bytes;
        Then then = Then::Close;
    };
    /// The same parts as of answer().
    static Canned canned(int status, const QByteArray& type, const QByteArray& body,
                         const QByteArray& moreHeaders = {});
    /// What \a request gets: the next of the answers, for servers that know no better.
    virtual Canned answerTo(const Request& request);
    /// How it goes out: as fast as it can, for servers that have no trouble.
    virtual void reply(QTcpSocket* socket, const Canned& canned);

private:
    void accept();
    void read(QTcpSocket* socket);

    QTcpServer m_server;
    QList<Canned> m_answers;
    QList<Request> m_requests;
    int m_open = 0;
};

} // namespace vitrine::test
