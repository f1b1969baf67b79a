// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/directorynotices.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine::watching;

class TestDirectoryNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What came between the look at a directory and this would be told of by nobody.
    void directoryThatIsNewIsToBeLookedAt()
    {
        const QTemporaryDir one, other;
        DirectoryNotices notices;
        const QSignalSpy changed(&notices, &DirectoryNotices::changed);
        notices.setDirectories({one.path()});
        QCOMPARE(changed.size(), 1);
        notices.setDirectories({one.path()});
        QCOMPARE(changed.size(), 1);
        notices.setDirectories({one.path(), other.path()});
        QCOMPARE(changed.size(), 2);
        notices.setDirectories({other.path()});
        QCOMPARE(changed.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestDirectoryNotices)
#include "tst_directorynotices.moc"
