// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "tests/access/dismissiveprompter.h"
#include "tests/access/tokenstorecases.h"
#include "tests/support/futures.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDirIterator>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <optional>

using namespace vitrine;
using namespace vitrine::access;
using namespace Qt::StringLiterals;
using test::await;

namespace {

bool isInAnyFile(const QByteArray& text)
{
    QDirIterator files(qEnvironmentVariable("HOME"), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            return true;
    }
    return false;
}

/// What can be tried in the session that tests/support/keyring.sh has made.
QStringList casesOf(const QString& session)
{
    static const QStringList open{u"isThereInTheNextSession"_s,
                                  u"keepsAndForgets"_s,
                                  u"keepsWhatIsLong"_s,
                                  u"accountsAreApart"_s,
                                  u"nothingIsOnTheDiskInPlainText"_s,
                                  u"outlivesItsService"_s};
    static const QHash<QString, QStringList> cases{
        {u"fill"_s, {u"fillForTheNextSession"_s}}, // the first of the two sessions
        {u"gnome"_s, open},
        {u"kwallet"_s, open},
        {u"gnome-locked"_s, {u"lockedIsNotAbsent"_s}},
        {u"gnome-refused"_s, {u"cancelledDialogIsNotAbsence"_s}},
        {u"kwallet-locked"_s, {u"lockedIsNotAbsent"_s}},
        {u"kwallet-refused"_s, {u"refusedIsSaid"_s}},
        {u"none"_s, {u"absentIsSaid"_s, u"nothingIsOnTheDiskInPlainText"_s}},
        {u"nobus"_s, {u"absentIsSaid"_s, u"nothingIsOnTheDiskInPlainText"_s}},
    };
    return cases.value(session);
}

QString serviceOf(const QString& keyring)
{
    if (keyring == u"gnome"_s)
        return u"org.freedesktop.secrets"_s;
    return u"org.kde.kwalletd"_s + qEnvironmentVariable("KDE_SESSION_VERSION");
}

// Nobody is here to answer a dialog, so there is no sense in much of it.
constexpr auto kPatience = std::chrono::seconds(3);

const QString kKept = u"kept"_s;

} // namespace

/// The system's keyring, in the state that a session has it in.
class KeyringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillForTheNextSession() { VERIFY_OK(await(m_store->write(kKept, test::serviceToken()))); }
    void isThereInTheNextSession();
    void keepsAndForgets();
    void keepsWhatIsLong();
    void accountsAreApart() { test::verifyAccountsAreApart(*m_store); }
    void outlivesItsService();
    void lockedIsNotAbsent() { verifyEachCallSays(ErrorKind::KeyringLocked); }
    void refusedIsSaid() { verifyEachCallSays(ErrorKind::KeyringRefused); }
    void cancelledDialogIsNotAbsence();
    // Not TimedOut: nobody waits for a keyring that is not there.
    void absentIsSaid() { verifyEachCallSays(ErrorKind::KeyringAbsent); }
    void nothingIsOnTheDiskInPlainText();

private:
    void verifyEachCallSays(ErrorKind kind);

    const std::unique_ptr<TokenStore> m_store = makeKeyringTokenStore(kPatience);
};

void KeyringTest::isThereInTheNextSession()
{
    const auto kept = await(m_store->read(kKept));
    VERIFY_OK(kept);
    QVERIFY(*kept == test::serviceToken());
}

void KeyringTest::keepsAndForgets()
{
    QVERIFY(m_store->isPersistent());
    test::verifyItKeepsAndForgets(*m_store);
}

// As a token of a person in very many groups is.
void KeyringTest::keepsWhatIsLong()
{
    const Credential person = PersonToken{Secret(QByteArray(8192, 'j'))};
    VERIFY_OK(await(m_store->write(u"long"_s, person)));
    QVERIFY(await(m_store->read(u"long"_s)) == person);
}

// Its successor is locked, for nobody logs in to it. That must be taken neither for "nothing is
// kept" nor for "no keyring"; who asks while it hangs or dies may also hear that there was no
// answer.
void KeyringTest::outlivesItsService()
{
    const QDBusReply<uint> process = QDBusConnection::sessionBus().interface()->servicePid(
        serviceOf(qEnvironmentVariable("VITRINE_KEYRING")));
    QVERIFY(process.isValid());
    VERIFY_OK(await(m_store->write(kKept, test::serviceToken())));
    // It hangs first, and then dies with our call in its hands.
    QCOMPARE(::kill(pid_t(process.value()), SIGSTOP), 0);
    const auto hung = await(m_store->read(kKept));
    const auto asked = m_store->read(kKept);
    QTimer::singleShot(kPatience / 3, this,
                       [&] { QCOMPARE(::kill(pid_t(process.value()), SIGKILL), 0); });
    for (const auto& answer : {hung, await(asked)}) {
        QVERIFY(!answer);
        if (answer.error().kind != ErrorKind::TimedOut)
            QCOMPARE(answer.error().kind, ErrorKind::KeyringLocked);
    }
    const auto next = await(m_store->read(kKept));
    QVERIFY(!next);
    QCOMPARE(next.error().kind, ErrorKind::KeyringLocked);
}

// This keyring knows no refusal to one program: a person refuses by not opening it. That leaves
// what is kept where it is, and must be taken neither for "nothing is kept" nor for "no keyring".
void KeyringTest::cancelledDialogIsNotAbsence()
{
    test::DismissivePrompter person;
    QVERIFY(person.start());
    QCOMPARE(await(m_store->read(kKept)).error().kind, ErrorKind::KeyringLocked);
    QCOMPARE(person.cancelled(), 1); // and was not asked again
    verifyEachCallSays(ErrorKind::KeyringLocked);
}

void KeyringTest::verifyEachCallSays(ErrorKind kind)
{
    const auto kindOf = [](const auto& answer) {
        return answer ? std::optional<ErrorKind>() : answer.error().kind;
    };
    QCOMPARE(kindOf(await(m_store->read(kKept))), kind);
    QCOMPARE(kindOf(await(m_store->write(kKept, test::serviceToken()))), kind);
    QCOMPARE(kindOf(await(m_store->remove(kKept))), kind);
    QCOMPARE(kindOf(await(m_store->read(u"unknown"_s))), kind);
}

void KeyringTest::nothingIsOnTheDiskInPlainText()
{
    await(m_store->write(u"searched"_s, test::serviceToken()));
    QVERIFY(!isInAnyFile(test::kSecret));
    QVERIFY(!isInAnyFile(test::kSecret.toBase64()));
}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList cases = casesOf(qEnvironmentVariable("VITRINE_KEYRING"));
    if (cases.isEmpty()) {
        qCritical("usage: tests/support/keyring.sh KIND tst_keyring");
        return 2;
    }
    KeyringTest test;
    return QTest::qExec(&test, QCoreApplication::arguments() + cases);
}

#include "tst_keyring.moc"
