// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "tests/support/futures.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>

using namespace vitrine;
using namespace vitrine::access;
using namespace Qt::StringLiterals;
using test::await;

namespace {

const QString kAccount = u"local"_s;
const QByteArray kSecret(4000, 'x');

Credential serviceToken()
{
    return ServiceToken{u"id.access"_s, Secret(kSecret)};
}

// Which keyring tests/support/keyring.sh has put around this program; empty without it.
QByteArray keyring()
{
    return qgetenv("VITRINE_KEYRING");
}

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

} // namespace

class TokenStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAndForgets_data();
    void keepsAndForgets();
    void accountsAreApart();
    void memoryIsForThisRun();
    void fillForTheNextSession();
    void lockedIsNotAbsent();
    void absentIsSaidAtOnce();
    void nothingIsOnTheDiskInPlainText();
};

void TokenStoreTest::keepsAndForgets_data()
{
    QTest::addColumn<bool>("isKeyring");
    QTest::newRow("memory") << false;
    if (keyring() == "gnome")
        QTest::newRow("keyring") << true;
}

void TokenStoreTest::keepsAndForgets()
{
    QFETCH(bool, isKeyring);
    const auto store = isKeyring ? makeKeyringTokenStore() : makeMemoryTokenStore();
    QCOMPARE(store->isPersistent(), isKeyring);
    QVERIFY(await(store->read(kAccount)) == Credential());
    QVERIFY(await(store->remove(kAccount)));
    QVERIFY(await(store->write(kAccount, serviceToken())));
    QVERIFY(await(store->read(kAccount)) == serviceToken());
    const Credential person = PersonToken{Secret("eyJ.eyJ.c2ln")};
    QVERIFY(await(store->write(kAccount, person)));
    QVERIFY(await(store->read(kAccount)) == person);
    QVERIFY(await(store->remove(kAccount)));
    QVERIFY(await(store->read(kAccount)) == Credential());
}

void TokenStoreTest::accountsAreApart()
{
    const auto store = keyring() == "gnome" ? makeKeyringTokenStore() : makeMemoryTokenStore();
    QVERIFY(await(store->write(u"one"_s, serviceToken())));
    QVERIFY(await(store->read(u"two"_s)) == Credential());
    QVERIFY(await(store->remove(u"two"_s)));
    QVERIFY(await(store->read(u"one"_s)) == serviceToken());
}

void TokenStoreTest::memoryIsForThisRun()
{
    QVERIFY(await(makeMemoryTokenStore()->write(kAccount, serviceToken())));
    QVERIFY(await(makeMemoryTokenStore()->read(kAccount)) == Credential());
}

void TokenStoreTest::fillForTheNextSession()
{
    if (keyring() != "fill")
        QSKIP("needs tests/support/keyring.sh locked");
    QVERIFY(await(makeKeyringTokenStore()->write(kAccount, serviceToken())));
}

void TokenStoreTest::lockedIsNotAbsent()
{
    if (keyring() != "locked")
        QSKIP("needs tests/support/keyring.sh locked");
    const auto store = makeKeyringTokenStore();
    QCOMPARE(await(store->read(kAccount)).error().kind, ErrorKind::KeyringLocked);
    QCOMPARE(await(store->write(kAccount, serviceToken())).error().kind, ErrorKind::KeyringLocked);
    QCOMPARE(await(store->remove(kAccount)).error().kind, ErrorKind::KeyringLocked);
    QCOMPARE(await(store->read(u"unknown"_s)).error().kind, ErrorKind::KeyringLocked);
}

void TokenStoreTest::absentIsSaidAtOnce()
{
    if (keyring() != "nobus" && keyring() != "none")
        QSKIP("needs tests/support/keyring.sh nobus or none");
    const auto store = makeKeyringTokenStore();
    QElapsedTimer taken;
    taken.start();
    QCOMPARE(await(store->read(kAccount)).error().kind, ErrorKind::KeyringAbsent);
    QCOMPARE(await(store->write(kAccount, serviceToken())).error().kind, ErrorKind::KeyringAbsent);
    QCOMPARE(await(store->remove(kAccount)).error().kind, ErrorKind::KeyringAbsent);
    QVERIFY(taken.elapsed() < 5000);
}

void TokenStoreTest::nothingIsOnTheDiskInPlainText()
{
    if (keyring().isEmpty())
        QSKIP("needs tests/support/keyring.sh: looks through a home directory of its own");
    await(makeKeyringTokenStore()->write(u"searched"_s, serviceToken()));
    QVERIFY(!isInAnyFile(kSecret));
    QVERIFY(!isInAnyFile(kSecret.toBase64()));
}

QTEST_GUILESS_MAIN(TokenStoreTest)
#include "tst_tokenstore.moc"
