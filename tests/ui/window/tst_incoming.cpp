// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pictures.h"
#include "ui/window/incoming.h"

#include <QMimeData>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestIncoming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsDragged_data()
    {
        QTest::addColumn<QStringList>("urls");
        QTest::addColumn<bool>("carries");
        QTest::addColumn<int>("count"); // -1: unknown
        QTest::newRow("nothing") << QStringList() << false << 0;
        QTest::newRow("one") << QStringList{u"file:///a/b.jpg"_s} << true << 1;
        QTest::newRow("three") << QStringList{u"file:///a.jpg"_s, u"file:///b.PNG"_s,
                                              u"file:///c%20d.webp"_s}
                               << true << 3;
        QTest::newRow("a folder among them")
            << QStringList{u"file:///a.jpg"_s, u"file:///photos"_s} << true << -1;
        QTest::newRow("a web page") << QStringList{u"https://example.org/a.jpg"_s} << false << 0;
    }
    void countsWhatIsDragged()
    {
        QFETCH(QStringList, urls);
        QFETCH(int, count);
        QMimeData data;
        data.setUrls(QUrl::fromStringList(urls));
        QTEST(ui::carriesImages(data), "carries");
        QCOMPARE(ui::imageCount(data).value_or(-1), count);
    }

    void takesFilesBeforePixels()
    {
        QMimeData data;
        data.setUrls({QUrl(u"file:///a.jpg"_s)});
        data.setImageData(test::picture({8, 8}));
        const ui::Incoming incoming = ui::incomingFrom(data);
        QCOMPARE(incoming.paths, QStringList{u"/a.jpg"_s});
        QVERIFY(incoming.image.isNull());
    }

    void takesPixelsWhereThereIsNoFile()
    {
        QMimeData data;
        data.setUrls({QUrl(u"https://example.org/a.jpg"_s)});
        data.setImageData(test::picture({8, 6}));
        QVERIFY(ui::carriesImages(data));
        QCOMPARE(ui::imageCount(data).value_or(-1), 1);
        QCOMPARE(ui::incomingFrom(data).image.size(), QSize(8, 6));
    }

    void leavesTextAlone()
    {
        QMimeData data;
        data.setText(u"file:///a.jpg"_s);
        QVERIFY(!ui::carriesImages(data));
        QVERIFY(ui::incomingFrom(data).isEmpty());
    }
};

QTEST_MAIN(TestIncoming)
#include "tst_incoming.moc"
