// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "tests/access/tokenstorecases.h"
#include "tests/support/futures.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QTest>

using namespace vitrine;
using namespace vitrine::access;
using namespace Qt::StringLiterals;
using test::await;
using test::kAccount;

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
    static const QHash<QString, QStringList> cases{
        {u"gnome"_s,
         {u"keepsAndForgets"_s, u"accountsAreApart"_s, u"nothingIsOnTheDiskInPlainText"_s}},
        {u"fill"_s, {u"fillForTheNextSession"_s}}, // the first of the two that "locked" takes
        {u"locked"_s, {u"lockedIsNotAbsent"_s}},
        {u"none"_s, {u"absentIsSaid"_s, u"nothingIsOnTheDiskInPlainText"_s}},
        {u"nobus"_s, {u"absentIsSaid"_s, u"nothingIsOnTheDiskInPlainText"_s}},
    };
    return cases.value(session);
}

} // namespace

/// The system's keyring, in the state that a session has it in.
class KeyringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAndForgets();
    void accountsAreApart() { test::verifyAccountsAreApart(*makeKeyringTokenStore()); }
    void fillForTheNextSession();
    void lockedIsNotAbsent();
    void absentIsSaid();
    void nothingIsOnTheDiskInPlainText();
};

void KeyringTest::keepsAndForgets()
{
    const auto store = makeKeyringTokenStore();
    QVERIFY(store->isPersistent());
    test::verifyItKeepsAndForgets(*store);
}

void KeyringTest::fillForTheNextSession()
{
    QVERIFY(await(makeKeyringTokenStore()->write(kAccount, test::serviceToken())));
}

void KeyringTest::lockedIsNotAbsent()
{
    const auto store = makeKeyringTokenStore();
    const auto isLocked = [](const auto& answer) {
        return !answer && answer.error().kind == ErrorKind::KeyringLocked;
    };
    QVERIFY(isLocked(await(store->read(kAccount))));
    QVERIFY(isLocked(await(store->write(kAccount, test::serviceToken()))));
    QVERIFY(isLocked(await(store->remove(kAccount))));
    QVERIFY(isLocked(await(store->read(u"unknown"_s))));
}

// KeyringAbsent, not TimedOut: nobody waits for a keyring that is not there.
void KeyringTest::absentIsSaid()
{
    const auto store = makeKeyringTokenStore();
    const auto isAbsent = [](const auto& answer) {
        return !answer && answer.error().kind == ErrorKind::KeyringAbsent;
    };
    QVERIFY(isAbsent(await(store->read(kAccount))));
    QVERIFY(isAbsent(await(store->write(kAccount, test::serviceToken()))));
    QVERIFY(isAbsent(await(store->remove(kAccount))));
}

void KeyringTest::nothingIsOnTheDiskInPlainText()
{
    await(makeKeyringTokenStore()->write(u"searched"_s, test::serviceToken()));
    QVERIFY(!isInAnyFile(test::kSecret));
    QVERIFY(!isInAnyFile(test::kSecret.toBase64()));
}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList cases = casesOf(qEnvironmentVariable("VITRINE_KEYRING"));
    if (cases.isEmpty()) {
        qCritical("usage: tests/support/keyring.sh gnome|locked|none|nobus tst_keyring");
        return 2;
    }
    KeyringTest test;
    return QTest::qExec(&test, QCoreApplication::arguments() + cases);
}

#include "tst_keyring.moc"
