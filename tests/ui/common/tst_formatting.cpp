// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/formatting.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace vitrine::ui;

class TestFormatting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("small") << qint64(812) << u"812 bytes"_s;
        QTest::newRow("kilobytes") << qint64(8'400) << u"8.4 kB"_s;
        QTest::newRow("megabytes") << qint64(5'240'000) << u"5.2 MB"_s;
        QTest::newRow("many megabytes") << qint64(48'600'000) << u"49 MB"_s;
    }
    void sizes()
    {
        QFETCH(qint64, bytes);
        QTEST(humanSize(bytes), "expected");
    }

    void dates_data()
    {
        QTest::addColumn<QDateTime>("time");
        QTest::addColumn<QString>("expected");
        const QTime clock(9, 41);
        QTest::newRow("today") << QDateTime({2026, 11, 23}, clock, QTimeZone::utc())
                               << u"today, 09:41"_s;
        QTest::newRow("yesterday")
            << QDateTime({2026, 11, 22}, clock, QTimeZone::utc()) << u"yesterday, 09:41"_s;
        QTest::newRow("this year")
            << QDateTime({2026, 5, 3}, clock, QTimeZone::utc()) << u"3 May, 09:41"_s;
        QTest::newRow("another year")
            << QDateTime({2024, 5, 3}, clock, QTimeZone::utc()) << u"3 May 2024, 09:41"_s;
    }
    void dates()
    {
        QFETCH(QDateTime, time);
        const QDateTime now({2026, 11, 23}, {18, 0}, QTimeZone::utc());
        QTEST(humanDate(time, now), "expected");
    }

    void days()
    {
        const QDate today(2026, 11, 23);
        QCOMPARE(humanDay(today, today), u"Today"_s);
        QCOMPARE(humanDay(today.addDays(-1), today), u"Yesterday"_s);
        QCOMPARE(humanDay({2026, 11, 18}, today), u"18 November"_s);
        QCOMPARE(humanDays({2026, 11, 18}, today, today), u"18 November to today"_s);
        QCOMPARE(humanDays(today, today, today), u"today"_s);
    }

    void dimensions()
    {
        QCOMPARE(humanDimensions({4000, 3000}), u"4000 × 3000"_s);
        QCOMPARE(humanDimensions({}), QString());
    }
};

QTEST_GUILESS_MAIN(TestFormatting)
#include "tst_formatting.moc"
