// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "tests/access/tokenstorecases.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::access;
using test::await;

/// The stores that need nothing around them.
class TokenStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAndForgets() { test::verifyItKeepsAndForgets(*makeMemoryTokenStore()); }
    void accountsAreApart() { test::verifyAccountsAreApart(*makeMemoryTokenStore()); }
    void isForThisRun()
    {
        QVERIFY(!makeMemoryTokenStore()->isPersistent());
        QVERIFY(await(makeMemoryTokenStore()->write(test::kAccount, test::serviceToken())));
        QVERIFY(await(makeMemoryTokenStore()->read(test::kAccount)) == Credential());
    }
    void withoutAKeyringItLastsForThisRun();
    void aLockedKeyringIsNotGoneAround();
};

void TokenStoreTest::withoutAKeyringItLastsForThisRun()
{
    test::SharedKeyring keyring;
    keyring.trouble = ErrorKind::KeyringAbsent;
    const auto store = keptForThisRunWithout(std::make_shared<test::KeyringDouble>(keyring));
    test::verifyItKeepsAndForgets(*store);
    QVERIFY(!store->isPersistent());
    QVERIFY(keyring.entries.isEmpty());
    keyring.trouble.reset(); // it came up meanwhile
    QVERIFY(await(store->write(test::kAccount, test::serviceToken())));
    QVERIFY(store->isPersistent());
    QVERIFY(keyring.entries.contains(test::kAccount));
}

// "Secrets": a locked, absent or refusing keyring are different states
void TokenStoreTest::aLockedKeyringIsNotGoneAround()
{
    test::SharedKeyring keyring;
    keyring.trouble = ErrorKind::KeyringLocked;
    const auto store = keptForThisRunWithout(std::make_shared<test::KeyringDouble>(keyring));
    const auto written = await(store->write(test::kAccount, test::serviceToken()));
    QCOMPARE(written.error().kind, ErrorKind::KeyringLocked);
    QCOMPARE(await(store->read(test::kAccount)).error().kind, ErrorKind::KeyringLocked);
}

QTEST_GUILESS_MAIN(TokenStoreTest)
#include "tst_tokenstore.moc"
