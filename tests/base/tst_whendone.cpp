// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QTest>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <optional>

using namespace vitrine;

class TestWhenDone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void resultArrivesOnTheContextsThread();
    void whatComesOfItIsAFuture();
    void futuresAreUnwrapped();
    void contextThatGoesFirstIsNotCalled();
    void contextThatGoesInBetweenIsNotCalled();
    void cancelledWorkIsNotGoneOnWith();
    void unwantedOutcomeIsNotWorkedFor();

private:
    std::optional<QPromise<int>> m_promise;
    std::optional<QObject> m_context;

    void finish(int value)
    {
        m_promise->addResult(value);
        m_promise->finish();
    }
};

void TestWhenDone::init()
{
    m_promise.emplace();
    m_promise->start();
    m_context.emplace();
}

void TestWhenDone::resultArrivesOnTheContextsThread()
{
    QThread* calledOn = nullptr;
    int result = 0;
    QThreadPool pool;
    whenDone(&*m_context, QtConcurrent::run(&pool, [] { return 3; }), [&](int value) {
        calledOn = QThread::currentThread();
        result = value;
    });
    QTRY_COMPARE(result, 3);
    QCOMPARE(calledOn, thread());
}

void TestWhenDone::whatComesOfItIsAFuture()
{
    const auto doubled =
        whenDone(&*m_context, m_promise->future(), [](int value) { return 2.0 * value; });
    QVERIFY(!doubled.isFinished());
    finish(4);
    QTRY_VERIFY(doubled.isFinished());
    QCOMPARE(doubled.result(), 8.0);
}

void TestWhenDone::futuresAreUnwrapped()
{
    const QFuture<QString> text = whenDone(&*m_context, m_promise->future(), [](int value) {
        return readyFuture(QString::number(value));
    });
    finish(5);
    QTRY_VERIFY(text.isFinished());
    QCOMPARE(text.result(), QStringLiteral("5"));
}

void TestWhenDone::contextThatGoesFirstIsNotCalled()
{
    bool isCalled = false;
    const auto outcome = whenDone(&*m_context, m_promise->future(), [&](int value) {
        isCalled = true;
        return value;
    });
    m_context.reset();
    QVERIFY(outcome.isCanceled());
    QVERIFY(outcome.isFinished());
    finish(1);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isCalled);
}

// The result is on its way to the context's event loop when the context goes.
void TestWhenDone::contextThatGoesInBetweenIsNotCalled()
{
    bool isCalled = false;
    whenDone(&*m_context, m_promise->future(), [&](int) { isCalled = true; });
    finish(1);
    m_context.reset();
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isCalled);
}

void TestWhenDone::cancelledWorkIsNotGoneOnWith()
{
    bool isCalled = false;
    const auto outcome = whenDone(&*m_context, m_promise->future(), [&](int value) {
        isCalled = true;
        return value;
    });
    m_promise.reset(); // dropped without a result, which cancels
    QTRY_VERIFY(outcome.isFinished());
    QVERIFY(outcome.isCanceled());
    QVERIFY(!isCalled);
}

void TestWhenDone::unwantedOutcomeIsNotWorkedFor()
{
    bool isCalled = false;
    bool isReached = false;
    auto outcome = whenDone(&*m_context, m_promise->future(), [&](int value) {
        isCalled = true;
        return value;
    });
    whenDone(&*m_context, m_promise->future(), [&](int) { isReached = true; });
    outcome.cancel();
    finish(1);
    QTRY_VERIFY(isReached);
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(TestWhenDone)
#include "tst_whendone.moc"
