// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/vitrinectl.h"
#include "tests/support/pictures.h"
#include "tests/support/serverprocess.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using test::Ended;

class TestWatchCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void foldersAreAddedListedAndRemoved();
    void whatComesIsSharedOnce();
    void whatIsOnlyProposedStays();
    void missingFolderFails();
    void aGuestIsToldThatNothingLeaves();

private:
    Ended run(const QStringList& arguments)
    {
        return test::runVitrinectl(m_home->path(), QStringList{u"--json"_s} + arguments, {});
    }
    std::unique_ptr<QProcess> watch()
    {
        return test::startVitrinectl(m_home->path(), {u"--json"_s, u"watch"_s, u"run"_s}, {});
    }
    QString folder() const { return m_home->filePath(u"camera"_s); }
    void take(int seed)
    {
        test::writeTo(folder(), u"%1.jpg"_s.arg(seed), test::jpeg(test::picture({64, 48}, seed)));
    }
    static QJsonObject nextLine(QProcess& process)
    {
        while (!process.canReadLine()) {
            if (!process.waitForReadyRead(60'000))
                return {};
        }
        return QJsonDocument::fromJson(process.readLine()).object();
    }
    static int end(QProcess& process)
    {
        process.terminate();
        return process.waitForFinished(60'000) ? process.exitCode() : -1;
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestWatchCommand::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(folder()));
}

void TestWatchCommand::foldersAreAddedListedAndRemoved()
{
    QCOMPARE(run({u"watch"_s, u"add"_s, folder()}).exitCode, 0);
    QCOMPARE(run({u"watch"_s, u"add"_s, m_home->path(), u"--share"_s, u"--public"_s}).exitCode, 0);
    const Ended list = run({u"watch"_s, u"list"_s});
    QCOMPARE(list.lines.size(), 2);
    QCOMPARE(list.lines[0]["directory"_L1].toString(), m_home->path());
    QCOMPARE(list.lines[0]["handling"_L1].toString(), u"share"_s);
    QVERIFY(!list.lines[0]["isPrivate"_L1].toBool());
    QCOMPARE(list.lines[1]["handling"_L1].toString(), u"propose"_s);
    QVERIFY(list.lines[1]["isPrivate"_L1].toBool());
    QCOMPARE(run({u"watch"_s, u"remove"_s, folder()}).exitCode, 0);
    QCOMPARE(run({u"watch"_s, u"list"_s}).lines.size(), 1);
}

void TestWatchCommand::whatComesIsSharedOnce()
{
    take(1);
    QCOMPARE(run({u"watch"_s, u"add"_s, folder(), u"--share"_s}).exitCode, 0);
    auto first = watch();
    QVERIFY(first->waitForStarted());
    take(2);
    const QJsonObject told = nextLine(*first);
    QCOMPARE(told["status"_L1].toString(), u"uploaded"_s);
    QCOMPARE(told["file"_L1].toString(), folder() + "/2.jpg"_L1);
    QCOMPARE(end(*first), 0);

    take(3); // while nobody watches
    auto second = watch();
    QCOMPARE(nextLine(*second)["file"_L1].toString(), folder() + "/3.jpg"_L1);
    QCOMPARE(end(*second), 0);
    const Ended list = run({u"list"_s});
    QCOMPARE(list.lines.size(), 2);
    QVERIFY(list.lines[0]["isPrivate"_L1].toBool());
}

void TestWatchCommand::whatIsOnlyProposedStays()
{
    QCOMPARE(run({u"watch"_s, u"add"_s, folder()}).exitCode, 0);
    take(1);
    auto watching = watch();
    QCOMPARE(nextLine(*watching)["status"_L1].toString(), u"proposed"_s);
    QCOMPARE(end(*watching), 0);
    QCOMPARE(run({u"list"_s}).lines.size(), 0);
}

void TestWatchCommand::missingFolderFails()
{
    const Ended added = run({u"watch"_s, u"add"_s, m_home->filePath(u"missing"_s)});
    QCOMPARE(added.exitCode, 1);
    QVERIFY(added.err.contains("not there"));
    QCOMPARE(run({u"watch"_s, u"list"_s}).lines.size(), 0);
}

void TestWatchCommand::aGuestIsToldThatNothingLeaves()
{
    test::ServerProcess server(m_home->filePath(u"elsewhere"_s));
    server.start();
    const QStringList there{u"--account"_s, u"tower"_s, u"watch"_s};
    QCOMPARE(run({u"account"_s, u"add"_s, u"tower"_s, server.url().toString()}).exitCode, 0);
    QCOMPARE(run(there + QStringList{u"add"_s, folder(), u"--share"_s}).exitCode, 0);
    auto watching = test::startVitrinectl(m_home->path(), there + QStringList{u"run"_s}, {});
    watching->setReadChannel(QProcess::StandardError);
    QByteArray said;
    while (!said.contains("Sign in") && watching->waitForReadyRead(60'000))
        said += watching->readAll();
    QVERIFY2(said.contains("tower: Sign in"), said.constData());
    QCOMPARE(end(*watching), 0);
}

QTEST_GUILESS_MAIN(TestWatchCommand)
#include "tst_watchcommand.moc"
