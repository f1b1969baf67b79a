// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/answer.h"
#include "app/api/bodyplace.h"
#include "app/api/requestfactory.h"
#include "app/api/throttle.h"
#include "app/api/urgency.h"
#include "app/base/result.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QIODevice>
#include <QList>
#include <QObject>
#include <QSslError>
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
    Urgency urgency = Urgency::Awaited;
    bool isRepeatable = false;      ///< reads only, and counts nothing: may be asked again
    bool mayBeResent = true;        ///< unasked, where a connection that was kept is lost by now
    std::shared_ptr<FileSink> sink; ///< takes the body of a success in place of the memory
    BodyAsked asked;                ///< of the body for the sink
    std::function<void(const BodyPlace&)>
        begun; ///< the sink has room for the body, and nothing else
    Progress sent;
    Progress received;
};

/// How fast bytes may move, for all of a client's transfers together.
struct Bandwidth {
    std::shared_ptr<Throttle> up;
    std::shared_ptr<Throttle> down;

    static Bandwidth unlimited();
};

/// One request and its answer: redirects, limits and time-outs. Calls back once, from the event
/// loop, and deletes itself; cancelled or deleted before, never. Errors: Network, TimedOut,
/// BadAnswer (redirects that lead nowhere good), Order::overLimit, those of the sink.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(Result<Answer>)>;

    Exchange(QNetworkAccessManager& network, RequestFactory requests, Order order,
             Bandwidth bandwidth, QObject* parent);
    ~Exchange() override;

    void start(Finished finished);
    /// Aborts, and deletes this soon; start()'s callback is dropped without a call.
    void cancel();

private:
    /// Where the body of a success goes to.
    enum class Taker { Memory, SinkOnceBegun, Sink };

    void send(const QUrl& url);
    QNetworkRequest requestFor(const QUrl& url) const;
    void connectReply();
    void takeBody();
    void beginSink();
    void passToSink(const QByteArray& bytes);
    void conclude();
    void followTo(const QUrl& location);
    void concludeWith(const Result<Answer>& result);
    Result<Answer> judged();
    Error transportError() const;
    bool isCut(const Answer& answer) const;
    Answer answerSoFar() const;
    void finish(Result<Answer> result);
    void dropReply();

    QNetworkAccessManager& m_network;
    const RequestFactory m_requests;
    const Order m_order;
    const Bandwidth m_bandwidth;
    Finished m_finished;
    QNetworkReply* m_reply = nullptr;
    QTimer m_stall;
    QTimer m_throttled;
    QElapsedTimer m_taken;
    int m_redirects = 0;
    QList<QSslError> m_tlsErrors;
    QByteArray m_body;
    qint64 m_bodySize = 0;
    Taker m_taker = Taker::Memory;
    BodyPlace m_place;
    bool m_isReplyFinished = false;
    bool m_isSinkBusy = false;
};

} // namespace vitrine::api
