// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace vitrine {

/// Calls \a then with the result of \a future on the thread of \a context, unless the context is
/// gone by then or the future was cancelled. (QFuture::then() of Qt 6.4 does not survive a context
/// that goes first.)
template <typename T, typename Then>
void whenDone(QObject* context, const QFuture<T>& future, Then then)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, then = std::move(then)] {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             then(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace vitrine
