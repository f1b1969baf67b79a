// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/safename.h"

#include <QTest>

using namespace vitrine::transfer;
using namespace Qt::StringLiterals;

class TestSafeName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void longNamesKeepTheirSuffix();
    void portableNames_data();
    void portableNames();
    void numbersStandBeforeTheSuffix();
};

void TestSafeName::names_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    QTest::newRow("ordinary") << u"Harbour.jpg"_s << u"Harbour.jpg"_s;
    QTest::newRow("emoji") << u"boat ⛵.jpg"_s << u"boat ⛵.jpg"_s;
    QTest::newRow("quotes stay") << u"say \"cheese\".jpg"_s << u"say \"cheese\".jpg"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"passwd"_s;
    QTest::newRow("backslashes") << u"..\\..\\boot.ini"_s << u"boot.ini"_s;
    QTest::newRow("line breaks") << u"a\r\nX-Header: 1.jpg"_s << u"aX-Header: 1.jpg"_s;
    QTest::newRow("right-to-left override") << u"gpj.\u202Eexe"_s << u"gpj.exe"_s;
    QTest::newRow("hidden") << u"...bashrc"_s << u"bashrc"_s;
    QTest::newRow("invalid UTF-8, as Qt reads it") << u"a\uFFFDb.jpg"_s << u"ab.jpg"_s;
    QTest::newRow("nothing but an ending is left") << u"\uFFFD.jpg"_s << u"image.jpg"_s;
    QTest::newRow("nothing") << u""_s << u"image"_s;
    QTest::newRow("nothing but dots") << u".."_s << u"image"_s;
}

void TestSafeName::names()
{
    QFETCH(QString, given);
    QFETCH(QString, expected);
    QCOMPARE(safeName(given), expected);
}

void TestSafeName::longNamesKeepTheirSuffix()
{
    const QString name = safeName(QString(300, u'ü') + u".jpg"_s);
    QVERIFY(name.toUtf8().size() <= 180);
    QVERIFY(name.endsWith(u"ü.jpg"_s));
}

void TestSafeName::portableNames_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    QTest::newRow("ordinary") << u"boat ⛵.jpg"_s << u"boat ⛵.jpg"_s;
    QTest::newRow("what Windows keeps for itself")
        << u"<a>:\"b\"|c?*.jpg"_s << u"_a___b__c__.jpg"_s;
    QTest::newRow("dots and blanks at the end") << u"boat. ."_s << u"boat"_s;
    QTest::newRow("nothing is left") << u"."_s << u"image"_s;
}

void TestSafeName::portableNames()
{
    QFETCH(QString, given);
    QFETCH(QString, expected);
    QCOMPARE(portableName(given), expected);
}

void TestSafeName::numbersStandBeforeTheSuffix()
{
    QCOMPARE(numberedName(u"boat.jpg"_s, 1), u"boat.jpg"_s);
    QCOMPARE(numberedName(u"boat.jpg"_s, 2), u"boat (2).jpg"_s);
    QCOMPARE(numberedName(u"100%1 %2.jpg"_s, 3), u"100%1 %2 (3).jpg"_s);
}

QTEST_GUILESS_MAIN(TestSafeName)
#include "tst_safename.moc"
