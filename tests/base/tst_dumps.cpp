// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/dumps.h"

#include <QTest>

#include <sys/prctl.h>

using namespace vitrine;

class DumpsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }
    void cleanup() { qunsetenv("VITRINE_DUMPS"); }
    void memoryStaysInside();
    void whoeverLooksForAMistakeGetsIt();
};

void DumpsTest::memoryStaysInside()
{
    forbidDumps();
#ifdef __SANITIZE_ADDRESS__
    constexpr int expected = 1;
#else
    constexpr int expected = 0;
#endif
    QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), expected);
}

void DumpsTest::whoeverLooksForAMistakeGetsIt()
{
    qputenv("VITRINE_DUMPS", "1");
    forbidDumps();
    QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 1);
}

QTEST_GUILESS_MAIN(DumpsTest)
#include "tst_dumps.moc"
