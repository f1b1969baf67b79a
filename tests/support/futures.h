// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTest>
#include <QTimer>

namespace vitrine::test {

/// Waits, with the event loop running, until \a future is finished, and gives its result.
/// Fails loudly instead of hanging.
template <typename T>
T await(QFuture<T> future, std::chrono::milliseconds limit = std::chrono::seconds(30))
{
    QEventLoop loop; // unlike QTest::qWaitFor(), which sleeps between its looks, it wakes at once
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    QTimer::singleShot(limit, &loop, [] { qFatal("the future was not finished in time"); });
    if (!future.isFinished())
        loop.exec();
    return future.result();
}

/// What is wrong with \a result; empty if it holds a value.
template <typename T>
QString errorIn(const Result<T>& result)
{
    return result ? QString()
                  : QStringLiteral("error kind %1: %2")
                        .arg(int(result.error().kind))
                        .arg(result.error().detail);
}

} // namespace vitrine::test

/// Fails the test with the error's kind and detail if \a result, evaluated once, holds no value.
#define VERIFY_OK(result)                                                                          \
    do {                                                                                           \
        const QString errorText = vitrine::test::errorIn(result);                                  \
        QVERIFY2(errorText.isEmpty(), qPrintable(errorText));                                      \
    } while (false)
