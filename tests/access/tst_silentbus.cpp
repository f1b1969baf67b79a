// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "tests/support/futures.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace vitrine;
using namespace vitrine::access;
using namespace Qt::StringLiterals;
using test::await;

namespace {

constexpr char kConfiguration[] = R"(<busconfig><type>session</type>
<listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>)";

} // namespace

/// A bus on which there is no keyring, and which stops answering.
class TestSilentBus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void silenceIsNotTakenForNoKeyring();

private:
    const QTemporaryDir m_directory;
    QProcess m_bus;
};

void TestSilentBus::initTestCase()
{
    QFile configuration(m_directory.filePath(u"bus.conf"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write(kConfiguration);
    configuration.close();
    m_bus.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--print-address"_s,
                                   u"--config-file="_s + configuration.fileName()});
    QVERIFY(m_bus.waitForReadyRead());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
}

void TestSilentBus::cleanupTestCase()
{
    m_bus.kill();
    m_bus.waitForFinished();
}

void TestSilentBus::silenceIsNotTakenForNoKeyring()
{
    const auto keyring = makeKeyringTokenStore();
    const auto kindOf = [&] {
        const auto read = await(keyring->read(u"account"_s));
        return read ? ErrorKind::Internal : read.error().kind;
    };
    QCOMPARE(kindOf(), ErrorKind::KeyringAbsent);
    QCOMPARE(::kill(pid_t(m_bus.processId()), SIGSTOP), 0);
    QCOMPARE(kindOf(), ErrorKind::TimedOut);
    QCOMPARE(::kill(pid_t(m_bus.processId()), SIGCONT), 0);
    QCOMPARE(kindOf(), ErrorKind::KeyringAbsent);
}

QTEST_GUILESS_MAIN(TestSilentBus)
#include "tst_silentbus.moc"
