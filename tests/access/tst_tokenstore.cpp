// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "tests/access/tokenstorecases.h"
#include "tests/support/futures.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::access;
using test::await;

/// The store that needs nothing around it.
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
};

QTEST_GUILESS_MAIN(TokenStoreTest)
#include "tst_tokenstore.moc"
