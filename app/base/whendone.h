// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <memory>
#include <type_traits>
#include <utility>

namespace vitrine {
namespace continuation {

template <typename T>
struct Unwrapped {
    using Type = T;
};
template <typename T>
struct Unwrapped<QFuture<T>> {
    using Type = T;
};

template <typename T, typename Then>
void onResult(QObject* context, const QFuture<T>& future, Then then)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             then(watcher->result());
                     });
    watcher->setFuture(future);
}

template <typename T>
void settle(QObject*, const std::shared_ptr<QPromise<T>>& promise, T value)
{
    promise->addResult(std::move(value));
    promise->finish();
}

template <typename T>
void settle(QObject* context, const std::shared_ptr<QPromise<T>>& promise, const QFuture<T>& later)
{
    onResult(context, later, [promise](const T& value) { settle(nullptr, promise, value); });
}

} // namespace continuation

/// Calls \a then with the result of \a future from the event loop of \a context's thread, unless
/// the context is gone by then or the future was cancelled. What \a then returns comes as a future:
/// nothing for nothing, QFuture<R> for an R as for a QFuture<R>; it is cancelled where \a then is
/// not called, and \a then is not called where it was cancelled.
///
/// In place of QFuture::then(context, …), which of Qt 6.4 does not survive a context that goes
/// first: it asserts, and looks at the context from whatever thread finishes the future.
template <typename T, typename Then>
auto whenDone(QObject* context, const QFuture<T>& future, Then then)
{
    using Outcome = std::invoke_result_t<Then&, const T&>;
    if constexpr (std::is_void_v<Outcome>) {
        continuation::onResult(context, future, std::move(then));
    } else {
        const auto promise =
            std::make_shared<QPromise<typename continuation::Unwrapped<Outcome>::Type>>();
        promise->start();
        // The promise lives in the callback alone: dropped uncalled, it cancels what it promised.
        auto outcome = promise->future();
        continuation::onResult(context, future,
                               [context, promise, then = std::move(then)](const T& value) mutable {
                                   if (!promise->isCanceled())
                                       continuation::settle(context, promise, then(value));
                               });
        return outcome;
    }
}

} // namespace vitrine
