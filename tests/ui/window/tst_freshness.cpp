// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"
#include "ui/window/freshness.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace vitrine;
using ui::Freshness;

/// When the gallery is read again unasked.
class TestFreshness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoComesBackSeesWhatIsNew()
    {
        m_clock.advance(10s);
        comeBack();
        QCOMPARE(m_stale.count(), 1);
    }

    void aGlanceAsideAsksNothing()
    {
        m_clock.advance(9s);
        comeBack();
        QCOMPARE(m_stale.count(), 0);
    }

    void whatIsNotInSightWaits()
    {
        m_page->hide();
        m_clock.advance(10min);
        comeBack();
        QCOMPARE(m_stale.count(), 0);
    }

    void beforeTheFirstReadThereIsNothingToRepeat()
    {
        m_read = {};
        m_clock.advance(10min);
        comeBack();
        QCOMPARE(m_stale.count(), 0);
    }

    void init()
    {
        m_read = m_clock.now();
        m_page->show();
        m_window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_window));
        m_stale.clear();
    }

private:
    void comeBack()
    {
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        m_window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_window));
    }

    test::FakeClock m_clock;
    QDateTime m_read;
    QWidget m_window;
    QWidget* const m_page = new QWidget(&m_window);
    Freshness m_freshness{[this] { return m_read; }, m_clock, *m_page};
    QSignalSpy m_stale{&m_freshness, &Freshness::isStale};
};

QTEST_MAIN(TestFreshness)
#include "tst_freshness.moc"
