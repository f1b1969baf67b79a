// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctlfixture.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace vitrine;
using test::Ended;
using namespace Qt::StringLiterals;

/// What whoever runs a server asks of the real program.
class TestServing : public test::CtlFixture
{
    Q_OBJECT

private Q_SLOTS:
    void serveTellsWhereItIs();
    void backupsAreChecked();
};

void TestServing::serveTellsWhereItIs()
{
    const QString ready = m_home->filePath(u"ready.json"_s);
    const auto server =
        start({u"serve"_s, u"--data"_s, m_home->filePath(u"served"_s), u"--ready-file"_s, ready});
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(ready).size() > 0, 20'000);
    QFile file(ready);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto place = QJsonDocument::fromJson(file.readAll()).object();
    for (const char* key : {"url", "clientId", "clientSecret", "aud", "issuer"})
        QVERIFY2(!place[QLatin1StringView(key)].toString().isEmpty(), key);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    const Ended second = run({u"serve"_s, u"--data"_s, m_home->filePath(u"served"_s)});
    QCOMPARE(second.exitCode, 1); // one process a directory

    ::kill(pid_t(server->processId()), SIGTERM);
    QVERIFY(server->waitForFinished(20'000));
    QCOMPARE(server->exitStatus(), QProcess::NormalExit);
    QCOMPARE(server->exitCode(), 0);
    QVERIFY(!QFileInfo::exists(ready));
    const QByteArray secret = place["clientSecret"_L1].toString().toLatin1();
    QVERIFY(!server->readAllStandardOutput().contains(secret));
    QVERIFY(!server->readAllStandardError().contains(secret));
}

void TestServing::backupsAreChecked()
{
    const QString id = uploaded(1);
    const QString copy = m_home->filePath(u"copy"_s);
    const Ended backup = run({u"--json"_s, u"backup"_s, copy});
    QCOMPARE(backup.exitCode, 0);
    QCOMPARE(backup.lines.value(0)["pictures"_L1].toInt(), 1);
    QCOMPARE(run({u"backup"_s, copy}).exitCode, 2); // it is taken
    for (const QStringList& where : {QStringList(), {u"--data"_s, copy}}) {
        const Ended sound = run(QStringList{u"--json"_s, u"check"_s} + where);
        QCOMPARE(sound.exitCode, 0);
        QVERIFY(sound.out.isEmpty());
    }

    QDirIterator originals(copy, {u"original"_s}, QDir::Files, QDirIterator::Subdirectories);
    QFile original(originals.next());
    QVERIFY(original.open(QIODevice::WriteOnly | QIODevice::Append));
    original.write("x");
    original.close();
    const Ended damaged = run({u"--json"_s, u"check"_s, u"--data"_s, copy});
    QCOMPARE(damaged.exitCode, 1);
    QCOMPARE(damaged.lines.size(), 1);
    QCOMPARE(damaged.lines.first()["finding"_L1].toString(), u"altered"_s);
    QCOMPARE(damaged.lines.first()["id"_L1].toString(), id);
    QVERIFY(copy + u'/' + damaged.lines.first()["what"_L1].toString() == original.fileName());
    QCOMPARE(run({u"check"_s}).exitCode, 0); // the copy shares nothing with it
}

QTEST_GUILESS_MAIN(TestServing)
#include "tst_serving.moc"
