// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/api/curl/curlnetwork.h"
#include "app/api/exchange.h"
#include "app/api/requestfactory.h"
#include "app/api/requestscheduler.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QFutureWatcher>
#include <QNetworkAccessManager>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>
#include <QtConcurrentRun>

/// How ApiClient gets an answer to a request; which ones there are stands in apiclient.cpp. For the
/// sources of ApiClient alone.
namespace vitrine::api {

// Larger answers are read on a pool: parsing them would be felt in the window.
inline constexpr qint64 kLargeAnswer = 64 * 1024;

template <typename T>
QFuture<Result<T>> ready(Error error)
{
    return readyFuture(Result<T>(failure(std::move(error))));
}

class ApiClient::Private
{
public:
    template <typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    /// Without \a transfers there is one of its own.
    Private(QNetworkAccessManager& answers, QNetworkAccessManager* transfers,
            const StallLimits& stallLimits, const RetryPolicy& policy, ApiClient* client)
        : ownNetwork(transfers ? nullptr : std::make_unique<CurlNetwork>())
        , forAnswers(answers)
        , forTransfers(transfers ? *transfers : *ownNetwork)
        , limits(stallLimits)
        , retries(policy)
        , q(client)
    {
        disk.setMaxThreadCount(1);
    }

    /// Believed until the server was greeted.
    bool has(protocol::Capabilities::Feature feature) const
    {
        return !isGreeted || greeting.capabilities.has(feature);
    }
    /// Why nothing is asked of \a url; nothing where it may be.
    std::optional<Error> objectionTo(const QUrl& url) const;
    Order get(const QString& endpoint, const QString& query = {}) const;
    Order send(const QByteArray& verb, const QString& endpoint, const QJsonObject& object) const;
    Order file(const QUrl& url) const;
    Order listing(View view, const QString& cursor, int limit, Urgency urgency) const;
    QLatin1StringView uploadPath() const;

    template <typename T>
    static Promise<T> started();
    template <typename T>
    static void settle(const Promise<T>& promise, const Result<T>& result);

    /// One exchange, as soon as there is room for it, that ends when \a promise's future is
    /// cancelled. A promise that is dropped on the way (cancelled, client destroyed) finishes its
    /// future.
    template <typename T>
    void perform(const Promise<T>& promise, Order order, Exchange::Finished finished);
    /// The usual case: \a read makes the result of the answer, on a pool if that takes long.
    template <typename T, typename Read>
    QFuture<Result<T>> run(Order order, Read read);
    template <typename T, typename Read>
    void attempt(const Promise<T>& promise, const Order& order, Read read, int tries);
    template <typename T, typename Then>
    void afterPause(const Promise<T>& promise, std::chrono::milliseconds pause, Then then);
    void heed(const Order& order, const Error& error);
    void saveInto(const Promise<Saved>& promise, const Order& order);

    QNetworkAccessManager& networkFor(Urgency urgency) const
    {
        return lineOf(urgency) == Line::Transfers ? forTransfers : forAnswers;
    }

    const std::unique_ptr<QNetworkAccessManager> ownNetwork;
    QNetworkAccessManager& forAnswers;
    QNetworkAccessManager& forTransfers;
    const StallLimits limits;
    const RetryPolicy retries;
    const std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    const Bandwidth bandwidth{std::make_shared<Throttle>(clock), std::make_shared<Throttle>(clock)};
    RequestScheduler scheduler{*clock};
    RequestFactory requests;
    Greeting greeting;
    bool isGreeted = false;
    QThreadPool disk;
    ApiClient* const q;
};

template <typename T>
ApiClient::Private::Promise<T> ApiClient::Private::started()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template <typename T>
void ApiClient::Private::settle(const Promise<T>& promise, const Result<T>& result)
{
    promise->addResult(result);
    promise->finish();
}

template <typename T>
void ApiClient::Private::perform(const Promise<T>& promise, Order order,
                                 Exchange::Finished finished)
{
    const QString host = order.url.host();
    const Urgency urgency = order.urgency;
    auto* exchange = new Exchange(networkFor(urgency), requests, std::move(order), bandwidth, q);
    auto* watcher = new QFutureWatcher<Result<T>>(exchange);
    connect(watcher, &QFutureWatcherBase::canceled, exchange, &Exchange::cancel);
    watcher->setFuture(promise->future());
    scheduler.schedule(exchange, host, urgency,
                       [exchange, finished = std::move(finished)] { exchange->start(finished); });
}

template <typename T, typename Read>
QFuture<Result<T>> ApiClient::Private::run(Order order, Read read)
{
    const auto promise = started<T>();
    attempt<T>(promise, order, read, 1);
    return promise->future();
}

template <typename T, typename Read>
void ApiClient::Private::attempt(const Promise<T>& promise, const Order& order, Read read,
                                 int tries)
{
    const auto judge = [=, this](const Result<T>& result) {
        if (!result)
            heed(order, result.error());
        const bool mayRepeat = !result && order.isRepeatable;
        const auto pause = mayRepeat ? retries.waitAfter(result.error(), tries) : std::nullopt;
        if (!pause)
            return settle<T>(promise, result);
        afterPause<T>(promise, *pause, [=, this] { attempt<T>(promise, order, read, tries + 1); });
    };
    perform<T>(promise, order, [this, read, judge](const Result<Answer>& answer) {
        if (!answer)
            return judge(failure(answer.error()));
        if (answer->body.size() < kLargeAnswer)
            return judge(read(*answer));
        whenDone(q, QtConcurrent::run([read, answer = *answer] { return read(answer); }), judge);
    });
}

template <typename T, typename Then>
void ApiClient::Private::afterPause(const Promise<T>& promise, std::chrono::milliseconds pause,
                                    Then then)
{
    auto* timer = new QTimer(q);
    auto* watcher = new QFutureWatcher<Result<T>>(timer);
    connect(watcher, &QFutureWatcherBase::canceled, timer, &QObject::deleteLater);
    watcher->setFuture(promise->future());
    connect(timer, &QTimer::timeout, timer, [timer, then] {
        timer->deleteLater();
        then();
    });
    timer->setSingleShot(true);
    timer->start(pause);
}

} // namespace vitrine::api
