// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/pathlist.h"
#include "tests/support/diskcalls.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using vitrine::test::writeTo;
using vitrine::test::diskcalls::StepIn;

class TestPathList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesStandForThemselves();
    void directoriesStandForTheirPictures();
    void directoryWithoutPicturesStandsForItself();
    void linksToDirectoriesAreNotFollowed();
    void directoryThatCannotBeReadStandsForItself_data();
    void directoryThatCannotBeReadStandsForItself();
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

void TestPathList::directoryThatCannotBeReadStandsForItself_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isTrouble");
    QTest::newRow("a mount that does not answer") << ENOTCONN << true;
    QTest::newRow("a broken disk") << EIO << true;
    QTest::newRow("too many open files") << EMFILE << true;
    QTest::newRow("forbidden") << EACCES << false;
    QTest::newRow("gone meanwhile") << ENOENT << false;
}

// And what is beside it is found all the same.
void TestPathList::directoryThatCannotBeReadStandsForItself()
{
    QFETCH(const int, code);
    QFETCH(const bool, isTrouble);
    const QTemporaryDir directory;
    QStringList expected;
    for (const QString& name : {u"a"_s, u"m-broken"_s, u"z"_s}) {
        const QString below = directory.filePath(name);
        QVERIFY(QDir().mkpath(below));
        const QString picture = writeTo(below, u"a.jpg"_s, "x");
        if (!name.contains("broken"_L1))
            expected += picture;
    }
    const QString broken = directory.filePath(u"m-broken"_s);
    const StepIn stepIn("m-broken", [code](auto) { return code; });
    const DirectoryContent content = contentOf(directory.path());
    QCOMPARE(content.pictures, expected);
    QCOMPARE(content.directories.size(), 3);
    QCOMPARE(content.troubles.size(), isTrouble ? 1 : 0);
    if (isTrouble) {
        QCOMPARE(content.troubles.first().detail, broken);
        expected += broken;
    }
    QCOMPARE(picturesIn({directory.path()}), expected);
    QCOMPARE(picturesIn({broken}), QStringList{broken});
    QCOMPARE(contentOf(broken).troubles.size(), 1);
}

QTEST_GUILESS_MAIN(TestPathList)
#include "tst_pathlist.moc"
