// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/pathlist.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using vitrine::test::writeTo;

class TestPathList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesStandForThemselves();
    void directoriesStandForTheirPictures();
    void directoryWithoutPicturesStandsForItself();
    void linksToDirectoriesAreNotFollowed();
};

void TestPathList::filesStandForThemselves()
{
    const QStringList paths{u"/missing/b.jpg"_s, u"/missing/a.txt"_s};
    QCOMPARE(picturesIn(paths), paths);
}

void TestPathList::directoriesStandForTheirPictures()
{
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkpath(u"below"_s));
    const QString b = writeTo(directory.path(), u"b.JPG"_s, "x");
    const QString a = writeTo(directory.path(), u"a.png"_s, "x");
    const QString below = writeTo(directory.filePath(u"below"_s), u"c.jpeg"_s, "x");
    writeTo(directory.path(), u"notes.txt"_s, "x");
    writeTo(directory.path(), u".hidden.jpg"_s, "x");
    QCOMPARE(picturesIn({directory.path()}), QStringList({a, b, below}));
}

void TestPathList::directoryWithoutPicturesStandsForItself()
{
    const QTemporaryDir directory;
    writeTo(directory.path(), u"notes.txt"_s, "x");
    QCOMPARE(picturesIn({directory.path()}), QStringList{directory.path()});
}

void TestPathList::linksToDirectoriesAreNotFollowed()
{
    const QTemporaryDir directory;
    const QString picture = writeTo(directory.path(), u"a.jpg"_s, "x");
    QVERIFY(QFile::link(directory.path(), directory.filePath(u"loop"_s)));
    QCOMPARE(picturesIn({directory.path()}), QStringList{picture});
}

QTEST_GUILESS_MAIN(TestPathList)
#include "tst_pathlist.moc"
