// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctlfixture.h"
#include "tests/support/pictures.h"
#include "tests/support/serverprocess.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using test::Ended;
using namespace Qt::StringLiterals;

/// What the real program makes of what is typed, right or wrong.
class TestCommandLine : public test::CtlFixture
{
    Q_OBJECT

private Q_SLOTS:
    void usageErrors_data();
    void usageErrors();
    void aCommandThatThereIsNotIsNamed();
    void helpAndVersion_data();
    void helpAndVersion();
    void thumbnails_data();
    void thumbnails();
    void thumbnailsReplaceNoOriginal();
    void guestsLookAndDownload();
    void statusSaysWhatIsInTheWay();
    void takenPortIsSaidPlainly();
};

void TestCommandLine::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"frobnicate"_s};
    QTest::newRow("unknown option") << QStringList{u"list"_s, u"--frobnicate"_s};
    QTest::newRow("nothing to upload") << QStringList{u"upload"_s};
    QTest::newRow("both") << QStringList{u"set"_s, u"x"_s, u"--private"_s, u"--public"_s};
    QTest::newRow("nothing to set") << QStringList{u"set"_s, u"x"_s};
    QTest::newRow("no speed") << QStringList{u"sync"_s, u"--limit-up"_s, u"fast"_s};
    QTest::newRow("no number") << QStringList{u"list"_s, u"--limit"_s, u"many"_s};
    QTest::newRow("unknown account") << QStringList{u"--account"_s, u"other"_s, u"list"_s};
    QTest::newRow("unknown variant")
        << QStringList{u"thumbnail"_s, u"a"_s, u"b"_s, u"--variant"_s, u"huge"_s};
    QTest::newRow("no address") << QStringList{u"serve"_s, u"--listen"_s, u"nonsense"_s};
    QTest::newRow("open to everybody") << QStringList{u"serve"_s, u"--listen"_s, u"0.0.0.0:0"_s};
}

void TestCommandLine::usageErrors()
{
    QFETCH(QStringList, arguments);
    const Ended ended = run(arguments);
    QCOMPARE(ended.exitCode, 2);
    QVERIFY(!ended.err.isEmpty() || !ended.out.isEmpty());
}

void TestCommandLine::aCommandThatThereIsNotIsNamed()
{
    QVERIFY(run({u"frobnicate"_s}).err.contains("'frobnicate'"));
}

void TestCommandLine::helpAndVersion_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("help") << u"--help"_s << QByteArray("upload");
    QTest::newRow("version") << u"--version"_s << QByteArray(VITRINE_VERSION);
}

void TestCommandLine::helpAndVersion()
{
    QFETCH(QString, argument);
    QFETCH(QByteArray, expected);
    const Ended ended = run({argument});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.out.contains(expected));
}

void TestCommandLine::thumbnails_data()
{
    QTest::addColumn<QString>("variant");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("preview") << u"preview"_s << QSize(360, 180);
    QTest::newRow("blurred") << u"blurred"_s << QSize(360, 180);
    QTest::newRow("highres") << u"highres"_s << QSize(2000, 1000);
}

void TestCommandLine::thumbnails()
{
    QFETCH(QString, variant);
    QFETCH(QSize, expected);
    const QString in = file(u"in.jpg"_s, test::jpeg(test::picture({2400, 1200})));
    const QString out = m_home->filePath(u"out.jpg"_s);
    QCOMPARE(run({u"thumbnail"_s, in, out, u"--variant"_s, variant}).exitCode, 0);
    QCOMPARE(QImage(out).size(), expected);
}

void TestCommandLine::thumbnailsReplaceNoOriginal()
{
    const QByteArray jpeg = test::jpeg(test::picture({800, 600}));
    const QString file = test::writeTo(m_home->path(), u"a.jpg"_s, jpeg);
    QVERIFY(QFile::link(file, m_home->filePath(u"link.jpg"_s)));
    QCOMPARE(run({u"thumbnail"_s, file, file}).exitCode, 2);
    QCOMPARE(run({u"thumbnail"_s, file, m_home->filePath(u"link.jpg"_s)}).exitCode, 2);
    QFile after(file);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), jpeg);
    const Ended nowhere = run({u"thumbnail"_s, file, m_home->filePath(u"missing/b.jpg"_s)});
    QCOMPARE(nowhere.exitCode, 1);
    QVERIFY2(nowhere.err.contains("missing/b.jpg: The folder"), nowhere.err.constData());
}

void TestCommandLine::guestsLookAndDownload()
{
    test::ServerProcess server(m_home->filePath(u"elsewhere/data"_s));
    QVERIFY(QDir(m_home->path()).mkdir(u"elsewhere"_s));
    server.start();
    const Ended added =
        run({u"--json"_s, u"account"_s, u"add"_s, u"tower"_s, server.url().toString()});
    QCOMPARE(added.exitCode, 0);
    QCOMPARE(added.lines[0]["server"_L1].toString(), u"vitrine"_s);
    const QStringList there{u"--json"_s, u"--account"_s, u"tower"_s};
    const Ended status = run(there + QStringList{u"status"_s});
    QCOMPARE(status.exitCode, 0);
    QVERIFY(status.lines[0]["guest"_L1].toBool());
    const QString picture =
        test::writeTo(m_home->path(), u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    const Ended upload = run(there + QStringList{u"upload"_s, picture});
    QCOMPARE(upload.exitCode, 1);
    QVERIFY2(upload.err.contains("Sign in"), upload.err.constData());
    const Ended told = run({u"account"_s, u"add"_s, u"attic"_s, server.url().toString()});
    QVERIFY2(told.out.startsWith("A Vitrine gallery. Guests look"), told.out.constData());
    QCOMPARE(run({u"account"_s, u"remove"_s, u"tower"_s}).exitCode, 0);
    QCOMPARE(run(there + QStringList{u"list"_s}).exitCode, 2);
}

void TestCommandLine::statusSaysWhatIsInTheWay()
{
    test::ServerProcess server(m_home->filePath(u"data"_s));
    server.start();
    QCOMPARE(run({u"account"_s, u"add"_s, u"tower"_s, server.url().toString()}).exitCode, 0);
    server.stop();
    const Ended status = run({u"--json"_s, u"--account"_s, u"tower"_s, u"status"_s});
    QCOMPARE(status.exitCode, 1);
    QCOMPARE(status.lines[0]["cause"_L1].toString(), u"nothing listens"_s);
    QVERIFY2(status.err.contains(status.lines[0]["reason"_L1].toString().toUtf8()),
             status.err.constData());
}

void TestCommandLine::takenPortIsSaidPlainly()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString place = u"127.0.0.1:%1"_s.arg(other.serverPort());
    const Ended serve = run({u"serve"_s, u"--listen"_s, place});
    QCOMPARE(serve.exitCode, 1);
    QVERIFY2(serve.err.contains("cannot listen"), serve.err.constData());
    QVERIFY2(serve.err.contains(place.toUtf8()), serve.err.constData());
    QVERIFY2(serve.err.contains("--listen"), serve.err.constData());
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
