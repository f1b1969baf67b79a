// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/credential.h"

#include <QTest>
#include <QTimeZone>

#include <memory>

using namespace vitrine::access;
using namespace Qt::StringLiterals;

class CredentialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void whatEarlierVersionsKeptIsRead_data();
    void whatEarlierVersionsKeptIsRead();
    void unreadableIsAGuest_data();
    void unreadableIsAGuest();
    void anotherOwnersSecretIsNotWiped();
};

void CredentialTest::comesBackAsItWas_data()
{
    QTest::addColumn<Credential>("credential");
    QTest::newRow("guest") << Credential();
    QTest::newRow("service token")
        << Credential(ServiceToken{u"id.access"_s, Secret("s3cret\"\\ü")});
    QTest::newRow("person") << Credential(PersonToken{Secret("eyJ.eyJ.x")});
    QTest::newRow("OAuth") << Credential(OAuthToken{
        Secret("a+/=ü"), Secret("r"), QDateTime({2026, 11, 23}, {8, 29, 39}, QTimeZone::utc()),
        QUrl(u"https://team.cloudflareaccess.com/token?a=%2F"_s), u"client+1"_s});
    QTest::newRow("OAuth, as little as there is")
        << Credential(OAuthToken{Secret("a"), {}, {}, {}, {}});
    QTest::newRow("long") << Credential(PersonToken{Secret(QByteArray(100'000, 'x'))});
}

void CredentialTest::comesBackAsItWas()
{
    QFETCH(Credential, credential);
    QVERIFY(credentialFrom(serialized(credential)) == credential);
}

// As it lies in people's keyrings: whoever changes this signs them all out.
void CredentialTest::whatEarlierVersionsKeptIsRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Credential>("credential");
    QTest::newRow("service token") << QByteArray(R"({"clientId":"id.access","clientSecret":"s"})")
                                   << Credential(ServiceToken{u"id.access"_s, Secret("s")});
    QTest::newRow("person") << QByteArray(R"({"jwt":"eyJ.eyJ.x"})")
                            << Credential(PersonToken{Secret("eyJ.eyJ.x")});
    QTest::newRow("OAuth")
        << QByteArray(R"({"accessToken":"a","refreshToken":"r","until":1795422579,)"
                      R"("tokenEndpoint":"https://team.cloudflareaccess.com/t","clientId":"c"})")
        << Credential(OAuthToken{Secret("a"), Secret("r"),
                                 QDateTime::fromSecsSinceEpoch(1795422579, QTimeZone::utc()),
                                 QUrl(u"https://team.cloudflareaccess.com/t"_s), u"c"_s});
}

void CredentialTest::whatEarlierVersionsKeptIsRead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Credential, credential);
    QVERIFY(credentialFrom(Secret(bytes)) == credential);
}

void CredentialTest::unreadableIsAGuest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("hunter2");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("half a service token") << QByteArray(R"({"clientId":"a"})");
    QTest::newRow("the other half") << QByteArray(R"({"clientSecret":"a"})");
    QTest::newRow("wrong types") << QByteArray(R"({"clientId":1,"clientSecret":true,"jwt":{}})");
    QTest::newRow("empty token") << QByteArray(R"({"jwt":""})");
    QTest::newRow("only what renews") << QByteArray(R"({"refreshToken":"a","clientId":"b"})");
}

void CredentialTest::unreadableIsAGuest()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(credentialFrom(Secret(bytes)) == Credential());
}

void CredentialTest::anotherOwnersSecretIsNotWiped()
{
    const QByteArray original("s3cret");
    auto first = std::make_unique<Secret>(original);
    {
        const Secret second(*first);
    }
    QCOMPARE(first->reveal(), original);
    first.reset();
    QCOMPARE(original, QByteArray("s3cret"));
}

QTEST_GUILESS_MAIN(CredentialTest)
#include "tst_credential.moc"
