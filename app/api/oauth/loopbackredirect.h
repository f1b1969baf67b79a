// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrlQuery>

class QTcpSocket;

namespace vitrine::api {

/// Where a browser comes back to after a sign-in (RFC 8252, section 7.3): an address of this
/// machine alone, at a port that the system chooses, for one request. Whoever asks for another host
/// or path, in another way than a browser that was sent here, or without the state that it was sent
/// with, is turned away and does not count: any page that this machine shows can ask. Few of them
/// are heard at a time, each for some seconds, and whoever came first goes first. Main thread.
class LoopbackRedirect final : public QObject
{
    Q_OBJECT

public:
    explicit LoopbackRedirect(QObject* parent = nullptr);

    /// False where this machine gives no port.
    bool listen();
    /// Of a redirect to here.
    QString address() const;
    /// The state that the browser comes back with; nobody is heard before.
    void expect(const QString& state) { m_state = state; }

Q_SIGNALS:
    /// Once. Nothing listens any longer then.
    void returned(const QUrlQuery& query);

private:
    void accept();
    void read(QTcpSocket& socket);
    bool isExpected(const QUrlQuery& query) const;

    QTcpServer m_server;
    QByteArray m_host; ///< with the port
    QString m_state;
};

} // namespace vitrine::api
