// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/answer.h"
#include "app/api/requestfactory.h"
#include "app/base/result.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QIODevice>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace vitrine::api {

class FileSink;

/// What an Exchange sends, and how it treats what comes back.
struct Order {
    using Progress = std::function<void(qint64 done, qint64 total)>;

    QByteArray verb = "GET";
    QUrl url;
    QList<QNetworkReply::RawHeaderPair> headers;
    std::shared_ptr<QIODevice> body;            ///< random access; empty for no body
    bool followsRedirects = true;               ///< of a GET; nothing else is ever sent again
    bool refusesCompression = false;            ///< for bodies that are compressed in themselves
    qint64 limit = 0;                           ///< bytes of the answer's body kept in memory
    ErrorKind overLimit = ErrorKind::BadAnswer; ///< what a longer body is
    std::chrono::milliseconds stall{};          ///< longest time without any progress
    std::shared_ptr<FileSink> sink; ///< takes the body of a success in place of the memory
    Progress sent;
    Progress received;
};

/// One request and its answer: redirects, limits and time-outs. Calls back once, from the event
/// loop, and deletes itself; cancelled or deleted before, never. Errors: Network, TimedOut,
/// BadAnswer (redirects that lead nowhere good), Order::overLimit, those of the sink.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(Result<Answer>)>;

    Exchange(QNetworkAccessManager& network, RequestFactory requests, Order order, QObject* parent);
    ~Exchange() override;

    void start(Finished finished);
    /// Aborts, and deletes this soon; start()'s callback is dropped without a call.
    void cancel();

private:
    void send(const QUrl& url);
    QNetworkRequest requestFor(const QUrl& url) const;
    void connectReply();
    void takeBody();
    void passToSink(const QByteArray& bytes);
    void conclude();
    void followTo(const QUrl& location);
    Result<Answer> judged();
    Error transportError() const;
    bool isCut(const Answer& answer) const;
    Answer answerSoFar() const;
    void finish(Result<Answer> result);
    void dropReply();

    QNetworkAccessManager& m_network;
    const RequestFactory m_requests;
    const Order m_order;
    Finished m_finished;
    QNetworkReply* m_reply = nullptr;
    QTimer m_stall;
    QElapsedTimer m_taken;
    int m_redirects = 0;
    QByteArray m_body;
    qint64 m_bodySize = 0;
    bool m_isReplyFinished = false;
    bool m_isSinkBusy = false;
};

} // namespace vitrine::api
