// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/throttle.h"
#include "app/api/throttledbody.h"
#include "tests/support/fakeclock.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace std::chrono_literals;

class ThrottleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noLimitTakesAll();
    void aSecondHasItsBytes();
    void whatIsNotUsedIsSavedUpBriefly();
    void smallLimitsMoveOn();
    void aBodyComesWholeAndSlowly();
    void aBodyWakesItsReader();
    void aBodyStartsOver();
    void aBodyThatMustNotGoTwiceDoesNot();

private:
    std::shared_ptr<QBuffer> buffer(const QByteArray& bytes) const;

    std::shared_ptr<test::FakeClock> m_clock;
    std::shared_ptr<Throttle> m_throttle;
};

void ThrottleTest::init()
{
    m_clock = std::make_shared<test::FakeClock>();
    m_throttle = std::make_shared<Throttle>(m_clock);
}

std::shared_ptr<QBuffer> ThrottleTest::buffer(const QByteArray& bytes) const
{
    auto buffer = std::make_shared<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

void ThrottleTest::noLimitTakesAll()
{
    QCOMPARE(m_throttle->take(1'000'000'000), 1'000'000'000);
    m_throttle->setLimit(1000);
    QCOMPARE(m_throttle->take(1000), 0);
    m_throttle->setLimit(0);
    QCOMPARE(m_throttle->take(1000), 1000);
}

void ThrottleTest::aSecondHasItsBytes()
{
    m_throttle->setLimit(100'000);
    qint64 taken = 0;
    for (int i = 0; i < 1000; ++i) {
        taken += m_throttle->take(7'000);
        m_clock->advance(1ms);
    }
    taken += m_throttle->take(7'000);
    QCOMPARE(taken, 100'000);
}

void ThrottleTest::whatIsNotUsedIsSavedUpBriefly()
{
    m_throttle->setLimit(100'000);
    m_clock->advance(1h);
    QCOMPARE(m_throttle->take(1'000'000), 25'000);
}

void ThrottleTest::smallLimitsMoveOn()
{
    m_throttle->setLimit(3);
    qint64 taken = 0;
    for (int i = 0; i < 10; ++i) {
        m_clock->advance(m_throttle->wait());
        taken += m_throttle->take(1);
    }
    QVERIFY(taken > 0);
}

void ThrottleTest::aBodyComesWholeAndSlowly()
{
    const QByteArray bytes(100'000, 'x');
    ThrottledBody body(buffer(bytes), m_throttle);
    QCOMPARE(body.size(), bytes.size());
    m_throttle->setLimit(50'000);
    QByteArray read;
    const auto start = m_clock->elapsed();
    while (!body.atEnd()) {
        const QByteArray piece = body.read(16'384);
        read += piece;
        if (piece.isEmpty())
            m_clock->advance(m_throttle->wait());
    }
    QCOMPARE(read, bytes);
    QCOMPARE((m_clock->elapsed() - start) / 1s, 2);
}

void ThrottleTest::aBodyWakesItsReader()
{
    ThrottledBody body(buffer("pixels"), m_throttle);
    QSignalSpy ready(&body, &QIODevice::readyRead);
    m_throttle->setLimit(1'000'000);
    QCOMPARE(body.read(6), QByteArray());
    QVERIFY(!body.atEnd());
    m_clock->advance(1s);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(body.read(6), QByteArray("pixels"));
    QVERIFY(body.atEnd());
}

void ThrottleTest::aBodyStartsOver()
{
    ThrottledBody body(buffer("pixels"), m_throttle);
    QCOMPARE(body.read(3), QByteArray("pix"));
    QVERIFY(body.reset());
    QCOMPARE(body.read(100), QByteArray("pixels"));
}

void ThrottleTest::aBodyThatMustNotGoTwiceDoesNot()
{
    ThrottledBody body(buffer("pixels"), m_throttle, ThrottledBody::Rewinds::Never);
    QVERIFY(body.reset());
    QCOMPARE(body.read(3), QByteArray("pix"));
    QVERIFY(!body.reset());
    QCOMPARE(body.read(100), QByteArray("els"));
}

QTEST_GUILESS_MAIN(ThrottleTest)
#include "tst_throttle.moc"
