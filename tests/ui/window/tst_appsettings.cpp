// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/appsettings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using vitrine::ui::AppSettings;
using vitrine::ui::SpeedLimits;

class TestAppSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithSensibleValues()
    {
        const AppSettings settings(m_directory.filePath(u"none.ini"_s));
        QVERIFY(settings.hidesPrivate());
        QCOMPARE(settings.undoTime(), 5000ms);
        QCOMPARE(settings.zoom(), 0);
        QVERIFY(settings.downloadDirectory().isEmpty());
        QVERIFY(!settings.allowsUnconfinedDecoder());
    }

    void sandboxCanBeDoneWithoutAsTheReadmeSays()
    {
        const QString path = m_directory.filePath(u"reckless.ini"_s);
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("[safety]\nallowUnconfinedDecoder=true\n");
        file.close();
        QVERIFY(AppSettings(path).allowsUnconfinedDecoder());
    }

    void remembersOverARestart()
    {
        const QString path = m_directory.filePath(u"kept.ini"_s);
        {
            AppSettings settings(path);
            settings.setHidesPrivate(true);
            settings.setUndoTime(12s);
            settings.setZoom(240);
            settings.setSidebarFolded(true);
            settings.setDownloadDirectory(u"/home/jo/Bücher, alt"_s);
            settings.setWindowGeometry(QByteArray("\0\1\2", 3));
        }
        const AppSettings settings(path);
        QVERIFY(settings.hidesPrivate());
        QCOMPARE(settings.undoTime(), 12000ms);
        QCOMPARE(settings.zoom(), 240);
        QVERIFY(settings.isSidebarFolded());
        QVERIFY(!settings.isDetailsFolded());
        QCOMPARE(settings.downloadDirectory(), u"/home/jo/Bücher, alt"_s);
        QCOMPARE(settings.windowGeometry(), QByteArray("\0\1\2", 3));
    }

    void remembersTheLimitsOfEachAccount()
    {
        const QString path = m_directory.filePath(u"limits.ini"_s);
        {
            AppSettings settings(path);
            QCOMPARE(settings.speedLimits(u"tower"_s), SpeedLimits());
            settings.setSpeedLimits(u"tower"_s, {500'000, 0});
            settings.setSpeedLimits(u"attic"_s, {0, 2'000'000});
        }
        AppSettings settings(path);
        QCOMPARE(settings.speedLimits(u"tower"_s), (SpeedLimits{500'000, 0}));
        QCOMPARE(settings.speedLimits(u"attic"_s), (SpeedLimits{0, 2'000'000}));
        settings.setSpeedLimits(u"tower"_s, {});
        QCOMPARE(settings.speedLimits(u"tower"_s), SpeedLimits());
    }

    void takesNoLimitThatWouldStopEverything()
    {
        const QString path = m_directory.filePath(u"slow.ini"_s);
        AppSettings(path).setSpeedLimits(u"tower"_s, {3, 999});
        QCOMPARE(AppSettings(path).speedLimits(u"tower"_s), SpeedLimits());
    }

    void makesWhatItReadsSane_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("undoSeconds");
        QTest::newRow("negative") << QByteArray("-3") << 0;
        QTest::newRow("a day") << QByteArray("86400") << 60;
        QTest::newRow("words") << QByteArray("soon") << 0;
    }
    void makesWhatItReadsSane()
    {
        QFETCH(QByteArray, value);
        const QString path = m_directory.filePath(u"edited.ini"_s);
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("[transfers]\nundoSeconds=" + value + "\n[gallery]\nrowHeight=99999999\n");
        file.close();
        const AppSettings settings(path);
        QTEST(int(settings.undoTime() / 1s), "undoSeconds");
        QCOMPARE(settings.zoom(), 1000);
    }

private:
    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(TestAppSettings)
#include "tst_appsettings.moc"
