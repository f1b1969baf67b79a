// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "tests/support/futures.h"

#include <QTest>

/// What holds of every TokenStore.
namespace vitrine::test {

inline const QString kAccount = QStringLiteral("local");
inline const QByteArray kSecret(4000, 'x');

inline access::Credential serviceToken()
{
    return access::ServiceToken{QStringLiteral("id.access"), access::Secret(kSecret)};
}

/// \a store holds nothing yet.
inline void verifyItKeepsAndForgets(access::TokenStore& store)
{
    using access::Credential;
    QVERIFY(await(store.read(kAccount)) == Credential());
    QVERIFY(await(store.remove(kAccount)));
    QVERIFY(await(store.write(kAccount, serviceToken())));
    QVERIFY(await(store.read(kAccount)) == serviceToken());
    const Credential person = access::PersonToken{access::Secret("eyJ.eyJ.c2ln")};
    QVERIFY(await(store.write(kAccount, person)));
    QVERIFY(await(store.read(kAccount)) == person);
    QVERIFY(await(store.remove(kAccount)));
    QVERIFY(await(store.read(kAccount)) == Credential());
}

inline void verifyAccountsAreApart(access::TokenStore& store)
{
    QVERIFY(await(store.write(QStringLiteral("one"), serviceToken())));
    QVERIFY(await(store.read(QStringLiteral("two"))) == access::Credential());
    QVERIFY(await(store.remove(QStringLiteral("two"))));
    QVERIFY(await(store.read(QStringLiteral("one"))) == serviceToken());
}

} // namespace vitrine::test
